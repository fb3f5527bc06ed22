package dev.tributary.operator.clickhouse;

/**
 * The ClickHouse that serves the rows. Calls block for seconds at most and answer with values: an engine that is away or
 * refuses is no exception.
 */
public interface ClickHouse {

    /** Sees to it that the database is there and marked as this tenant's. One with another mark, or none, is left alone. */
    DatabaseOutcome ensureDatabase(DatabasePlan plan);

    /** Sees to it that the table is there as planned. One that is there is compared, never changed. */
    TableOutcome ensureTable(TablePlan plan);
}
