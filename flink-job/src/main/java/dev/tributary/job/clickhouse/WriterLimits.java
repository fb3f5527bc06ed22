package dev.tributary.job.clickhouse;

import java.io.Serializable;
import java.time.Duration;

/**
 * When batches are sent and how long a failing ClickHouse is waited for.
 *
 * @param rows a table's batch is sent at this many rows
 * @param interval no row waits longer than this for its batch to be sent, unless ClickHouse is slower
 * @param patience how long one insert is tried again before the job stops
 * @param attempt how long one attempt may take
 */
record WriterLimits(int rows, Duration interval, Duration patience, Duration attempt) implements Serializable {

    /** Large enough for ClickHouse's liking, soon enough for a person's. */
    static final WriterLimits DEFAULT =
            new WriterLimits(200_000, Duration.ofMillis(500), Duration.ofMinutes(5), Duration.ofMinutes(2));

    /** The same, with another interval. */
    WriterLimits with(Duration otherInterval) {
        return new WriterLimits(rows, otherInterval, patience, attempt);
    }
}
