package dev.tributary.job;

import java.nio.file.Path;
import java.util.List;

/** What the arguments ask for. */
sealed interface Command {

    String USAGE = "usage: --job-spec FILE [--validate | --dry-run], or --help";

    String HELP = USAGE + """


            --job-spec FILE              runs the job; with Flink only
            --job-spec FILE --validate   checks the file and says what the job would do; no network
            --job-spec FILE --dry-run    the same, and asks Kafka and ClickHouse whether all that it needs is there;
                                         writes nothing. Takes CLICKHOUSE_USER and CLICKHOUSE_PASSWORD from the
                                         environment, and needs the jars of flink/lib on the class path

            The checks end with 0 when all is well, else with 1.""";

    /** Run the job. */
    record Run(Path file) implements Command {}

    /** Look at the file alone. */
    record Validate(Path file) implements Command {}

    /** Look at the file, and ask Kafka and ClickHouse. */
    record DryRun(Path file) implements Command {}

    /** Say how to call it. */
    record Help() implements Command {}

    /** @throws JobStopped when the arguments are none of these */
    static Command parse(String[] args) {
        List<String> arguments = List.of(args);
        if (arguments.equals(List.of("--help"))) {
            return new Help();
        }
        int file = arguments.indexOf("--job-spec") + 1;
        boolean named = file > 0 && file < args.length && !args[file].startsWith("--");
        if (named && args.length == 2) {
            return new Run(Path.of(args[file]));
        }
        if (named && args.length == 3 && arguments.contains("--validate")) {
            return new Validate(Path.of(args[file]));
        }
        if (named && args.length == 3 && arguments.contains("--dry-run")) {
            return new DryRun(Path.of(args[file]));
        }
        throw new JobStopped(StopReason.INVALID_START, USAGE);
    }
}
