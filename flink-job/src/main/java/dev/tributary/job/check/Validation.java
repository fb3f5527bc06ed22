package dev.tributary.job.check;

import dev.tributary.jobspec.JobSpec;
import dev.tributary.jobspec.JobSpecCheck;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Checks a file with a JobSpec, and says what the job would do. No network. */
public final class Validation {

    private Validation() {}

    /** Prints the job in short, or every problem; returns the spec if there is none. */
    public static Optional<JobSpec> of(Path file, PrintStream out) {
        String json;
        try {
            json = Files.readString(file);
        } catch (IOException e) {
            out.println(file + ": cannot be read as a file of UTF-8 text; is it there?");
            return Optional.empty();
        }
        JobSpecCheck.Result result = JobSpecCheck.of(json);
        result.problems().forEach(problem -> out.println(file + ": " + problem));
        result.spec().ifPresent(spec -> print(spec, out));
        return result.spec();
    }

    private static void print(JobSpec spec, PrintStream out) {
        out.printf(
                "%s/%s, epoch %d: from Kafka %s (group %s) to ClickHouse %s, database %s, every %d ms; tables: %d%n",
                spec.tenant(),
                spec.pipeline(),
                spec.epoch(),
                spec.kafka().bootstrapServers(),
                spec.kafka().groupId(),
                spec.clickhouse().url(),
                spec.clickhouse().database(),
                spec.flushMillis(),
                spec.tables().size());
        for (JobSpec.Table table : spec.tables()) {
            out.printf(
                    "  %s.%s: topic %s -> table %s, %s, columns: %d, start offsets %s%n",
                    table.schema(),
                    table.name(),
                    table.topic(),
                    table.target(),
                    table.appendOnly() ? "append-only" : "key " + String.join(", ", table.key()),
                    table.columns().size(),
                    table.startOffsets().isEmpty() ? "0" : table.startOffsets());
        }
    }
}
