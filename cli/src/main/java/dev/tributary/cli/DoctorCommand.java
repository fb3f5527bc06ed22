package dev.tributary.cli;

import dev.tributary.cli.cluster.Access;
import dev.tributary.cli.doctor.Doctor;
import dev.tributary.cli.doctor.Report;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks the cluster. */
@Command(
        name = "doctor",
        description =
                "Checks all that Tributary needs in the cluster, a line each, and says what to do about what is wrong."
                        + " It takes some seconds, and up to 16 when the operator does not work.",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:nothing is wrong", "1:something is wrong", "2:the command was called wrongly"})
final class DoctorCommand implements Callable<Integer> {

    @Option(
            names = "--operator-namespace",
            paramLabel = "NAMESPACE",
            description = "Where Tributary's operator is. Omitted: it is looked for in all namespaces.")
    private @Nullable String operatorNamespace;

    @Mixin
    private Access access = new Access();

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(command).commandLine().getOut();
        try (KubernetesClient client = access.connect()) {
            Report report = new Doctor(client, operatorNamespace).examine();
            report.shown().forEach(out::println);
            return report.isWrong() ? 1 : 0;
        }
    }
}
