package dev.tributary.operator.clickhouse;

import dev.tributary.jobspec.JobTable;
import dev.tributary.jobspec.QuarantineState;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the statements about the job's own tables. */
final class JobTableDdl {

    private JobTableDdl() {}

    /** A partition for each pipeline, so that what is left of one goes at once. */
    static String create(DatabasePlan database, JobTable table) {
        String columns = table.columns().entrySet().stream()
                .map(column -> "    " + new Identifier(column.getKey()).quoted() + " " + column.getValue())
                .collect(Collectors.joining(",\n"));
        return "CREATE TABLE IF NOT EXISTS " + name(database, table) + "\n(\n" + columns + "\n)\n" + "ENGINE = "
                + engine(table) + "\nPARTITION BY pipeline\nORDER BY (" + names(table.key()) + ")";
    }

    private static String engine(JobTable table) {
        return switch (table) {
            // The last row written counts.
            case QUARANTINE -> "ReplacingMergeTree";
            case FLOORS -> "ReplacingMergeTree(version)";
        };
    }

    /** What is open, by target and reason; the pipeline is a parameter. */
    static String selectQuarantined(DatabasePlan database) {
        return "SELECT target, reason, argMin(concat(topic, '-', toString(partition), '@', toString(offset)), at) FROM "
                + name(database, JobTable.QUARANTINE) + " FINAL WHERE pipeline = ? AND state = '"
                + QuarantineState.OPEN.label() + "' GROUP BY target, reason ORDER BY target, reason";
    }

    static String settleBefore(DatabasePlan database, String pipeline, int epoch) {
        String table = name(database, JobTable.QUARANTINE);
        // Within one SELECT the condition would be about the new state.
        return "INSERT INTO " + table + " SELECT * REPLACE ('" + QuarantineState.REREAD.label()
                + "' AS state, now64(3, 'UTC') AS at) FROM (SELECT * FROM " + table + " FINAL WHERE pipeline = "
                + TableDdl.literal(pipeline) + " AND epoch < " + epoch + " AND state = '"
                + QuarantineState.OPEN.label() + "')";
    }

    static String dropPartition(DatabasePlan database, JobTable table, String pipeline) {
        return "ALTER TABLE " + name(database, table) + " DROP PARTITION " + TableDdl.literal(pipeline);
    }

    private static String name(DatabasePlan database, JobTable table) {
        return Stream.of(database.name(), new Identifier(table.tableName()))
                .map(Identifier::quoted)
                .collect(Collectors.joining("."));
    }

    private static String names(List<String> names) {
        return names.stream().map(name -> new Identifier(name).quoted()).collect(Collectors.joining(", "));
    }
}
