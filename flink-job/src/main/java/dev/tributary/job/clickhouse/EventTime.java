package dev.tributary.job.clickhouse;

import org.apache.flink.metrics.MetricGroup;

/**
 * How far a writer or one of its tables has come in the source's time: the commit time of the newest change that is in
 * ClickHouse, and how long ago that is. Both are NaN while there is none.
 */
final class EventTime {

    private static final long NONE = Long.MIN_VALUE;

    private volatile long newest = NONE;

    EventTime(MetricGroup group) {
        group.gauge("newestCommitMillis", () -> newest == NONE ? Double.NaN : newest);
        group.gauge("eventTimeLagMillis", this::lag);
    }

    private double lag() {
        return newest == NONE ? Double.NaN : Math.max(0, System.currentTimeMillis() - newest);
    }

    /**
     * A change is in ClickHouse. Called by one thread only.
     *
     * @param committed milliseconds since 1970
     */
    void reached(long committed) {
        newest = Math.max(newest, committed);
    }
}
