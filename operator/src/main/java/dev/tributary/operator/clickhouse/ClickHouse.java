package dev.tributary.operator.clickhouse;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The ClickHouse that serves the rows. Calls block for seconds at most and answer with values: an engine that is away or
 * refuses is no exception.
 */
public interface ClickHouse {

    /** Whether it answers the class's user; empty when it does. */
    Optional<Refusal> ping();

    /** Sees to it that the database is there and marked as this tenant's. One with another mark, or none, is left alone. */
    DatabaseOutcome ensureDatabase(DatabasePlan plan);

    /**
     * Gives a tombstone to each row whose newest version is of an epoch before this one. A row of this epoch, also one that
     * comes later, is newer than its tombstone. Done again it does nothing. Takes minutes on a large table.
     *
     * @param plan a table that is there
     * @param epoch the epoch whose snapshot is complete
     */
    SweepOutcome removeOlder(TablePlan plan, int epoch);

    /** Drops a table with all its rows if it carries the mark of this pipeline, {@code namespace/name}. */
    DropOutcome dropTable(DatabasePlan database, Identifier table, String owner);

    /** Drops the tenant's database if it carries its mark and is empty. */
    DropOutcome dropDatabase(DatabasePlan database);

    /**
     * Sees to it that tables are there as planned. One that is there is compared, never changed.
     *
     * @param tables all of this database
     * @param mayBeMade whether to make one that is not there
     * @return what became of each, in their order; one refusal alone where ClickHouse turned something down
     */
    List<TableOutcome> ensureTables(DatabasePlan database, List<TablePlan> tables, Predicate<TablePlan> mayBeMade);

    /** The job's own tables of a tenant, in this database. */
    JobTables jobTables(DatabasePlan database);
}
