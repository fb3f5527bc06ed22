package dev.tributary.box.cli;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the box; {@code ./tributary} calls it. */
@Command(
        name = "tributary",
        description = "The platform in a box.",
        subcommands = {
            Up.class,
            Down.class,
            Status.class,
            Logs.class,
            Env.class,
            Bench.class,
            Supervise.class,
            CommandLine.HelpCommand.class
        })
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals("kubectl")) {
            // Its arguments are kubectl's: they are not looked at.
            System.exit(Kubectl.main(List.of(arguments).subList(1, arguments.length)));
        }
        System.exit(new CommandLine(new Main())
                .setStopAtUnmatched(false)
                .setExecutionExceptionHandler((exception, command, parsed) -> explain(exception))
                .execute(arguments));
    }

    static int explain(Exception exception) {
        if (exception instanceof Failure || exception instanceof IOException) {
            System.err.println("tributary: " + exception.getMessage());
        } else {
            exception.printStackTrace();
        }
        return 1;
    }
}
