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

    /** The part of the heap that batches may fill; half of it is being filled, half in flight. */
    private static final int HEAP_SHARE = 4;

    private static final long SMALLEST = 4L << 20;
    private static final long LARGEST = 512L << 20;

    /** The same, with another interval. */
    WriterLimits with(Duration otherInterval) {
        return new WriterLimits(rows, otherInterval, patience, attempt);
    }

    /** The bytes that all tables' batches of one writer may fill before they are sent. */
    static long bytesToFill(long heap, int writers) {
        return Math.max(SMALLEST, Math.min(LARGEST, heap / HEAP_SHARE / writers / 2));
    }
}
