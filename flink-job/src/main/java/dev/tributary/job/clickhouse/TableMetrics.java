package dev.tributary.job.clickhouse;

import dev.tributary.job.change.Batch;
import dev.tributary.job.change.CommitTimes;
import java.time.Duration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** What is told of the inserts of one table. Written by the inserting thread only. */
final class TableMetrics {

    /** The lags that the quantiles are made of: 8 kB for each table. */
    private static final int LAGS_KEPT = 1000;

    private final Counter rows;
    private final Counter bytes;
    private final Counter batches;
    private final Counter insertMillis;
    private final Counter retries;
    private final Histogram lagMillis;
    private final Counter lateRecords;
    private final Counter clampedValues;
    private final Counter nulledValues;
    private final EventTime eventTime;
    private final EventTime eventTimeOfAll;

    /** Since the job started; 0 while nothing was read. */
    private volatile long worstLatenessMillis;

    /**
     * @param table the table's metric group, {@code table.<target>}
     * @param eventTimeOfAll that of all tables of the writer
     */
    TableMetrics(MetricGroup table, EventTime eventTimeOfAll) {
        rows = table.counter("rowsWritten");
        bytes = table.counter("bytesWritten");
        batches = table.counter("batches");
        insertMillis = table.counter("insertMillis");
        retries = table.counter("retries");
        lagMillis = table.histogram("lagMillis", new DescriptiveStatisticsHistogram(LAGS_KEPT));
        lateRecords = table.counter("lateRecords");
        clampedValues = table.counter("clampedValues");
        nulledValues = table.counter("nulledValues");
        eventTime = new EventTime(table);
        this.eventTimeOfAll = eventTimeOfAll;
        table.gauge("worstLatenessMillis", () -> worstLatenessMillis);
    }

    void inserted(Batch batch, long written, Duration took) {
        rows.inc(batch.liveRows());
        bytes.inc(written);
        batches.inc();
        insertMillis.inc(took.toMillis());
    }

    /** All changes of a batch are in ClickHouse now. */
    void queryable(Batch batch) {
        clampedValues.inc(batch.replacements().clamped());
        nulledValues.inc(batch.replacements().nulls());
        queryable(batch.commitTimes());
    }

    /** A clock behind the source's makes no lag below zero. */
    private void queryable(CommitTimes changes) {
        if (changes.isEmpty()) {
            return;
        }
        lateRecords.inc(changes.late());
        worstLatenessMillis = Math.max(worstLatenessMillis, changes.worstLateness());
        eventTime.reached(changes.newest());
        eventTimeOfAll.reached(changes.newest());
        long now = System.currentTimeMillis();
        changes.sample().forEach(committed -> lagMillis.update(Math.max(0, now - committed)));
    }

    void retried() {
        retries.inc();
    }
}
