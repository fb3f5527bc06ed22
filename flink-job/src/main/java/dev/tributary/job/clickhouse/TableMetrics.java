package dev.tributary.job.clickhouse;

import dev.tributary.job.change.Batch;
import java.time.Duration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What is told of the inserts of one table. Written by the inserting thread only. */
final class TableMetrics {

    private final Counter rows;
    private final Counter bytes;
    private final Counter batches;
    private final Counter insertMillis;
    private final Counter retries;

    /** From the commit at the source to the row in ClickHouse, for the youngest row of the last batch. */
    private volatile long lagMillis;

    /** @param table the table's metric group, {@code table.<target>} */
    TableMetrics(MetricGroup table) {
        rows = table.counter("rowsWritten");
        bytes = table.counter("bytesWritten");
        batches = table.counter("batches");
        insertMillis = table.counter("insertMillis");
        retries = table.counter("retries");
        table.gauge("lagMillis", () -> lagMillis);
    }

    void inserted(Batch batch, long written, Duration took) {
        rows.inc(batch.liveRows());
        bytes.inc(written);
        batches.inc();
        insertMillis.inc(took.toMillis());
        lagMillis = Math.max(0, System.currentTimeMillis() - batch.latestTime());
    }

    void retried() {
        retries.inc();
    }
}
