package dev.tributary.job;

import dev.tributary.job.check.DryRun;
import dev.tributary.job.check.Validation;
import dev.tributary.jobspec.JobSpec;
import dev.tributary.jobspec.JobSpecJson;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Entry point of the jar: runs the job of a spec, or looks at the spec without running it. This class needs nothing of
 * Flink, so that {@code --validate} works wherever there is a Java.
 */
public final class Main {

    private Main() {}

    /** Ends the process with 1 where a check finds something wrong. */
    public static void main(String[] args) throws Exception {
        Command command = Command.parse(args);
        if (command instanceof Command.Run run) {
            StreamingJob.run(read(run.file()));
            return;
        }
        int exit = check(command, System.getenv(), System.out);
        if (exit != 0) {
            System.exit(exit);
        }
    }

    private static JobSpec read(Path file) {
        try {
            return JobSpecJson.read(Files.readString(file));
        } catch (IOException e) {
            throw new JobStopped(StopReason.INVALID_START, "cannot read " + file + " (" + Command.USAGE + ")", e);
        } catch (IllegalArgumentException e) {
            throw new JobStopped(StopReason.INVALID_START, file + ": " + e.getMessage(), e);
        }
    }

    /** Prints what was asked for; returns the exit code. */
    static int check(Command command, Map<String, String> environment, PrintStream out) {
        if (command instanceof Command.Validate validate) {
            return Validation.of(validate.file(), out).isPresent() ? 0 : 1;
        }
        if (command instanceof Command.DryRun dryRun) {
            return Validation.of(dryRun.file(), out)
                    .map(spec -> DryRun.of(spec, environment, out) ? 0 : 1)
                    .orElse(1);
        }
        out.println(Command.HELP);
        return 0;
    }
}
