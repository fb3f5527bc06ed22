package dev.tributary.cli;

import dev.tributary.cli.cluster.Refused;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code kubectl tributary}. */
@Command(
        name = "kubectl tributary",
        description = "Looks at Tributary's pipelines, and at the cluster that they run on. It changes nothing.",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        subcommands = {StatusCommand.class, EventsCommand.class, DoctorCommand.class, CommandLine.HelpCommand.class})
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                arguments));
    }

    /** Runs a command; returns its exit code: 1 when something is wrong, 2 when it was called wrongly. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler((exception, command, parsed) -> explain(exception, err))
                .execute(arguments.length == 0 ? new String[] {"help"} : arguments);
    }

    private static int explain(Exception exception, PrintWriter err) throws Exception {
        if (exception instanceof KubernetesClientException e) {
            err.println("the API server: " + Refused.of(e).why());
            return 1;
        }
        throw exception;
    }
}
