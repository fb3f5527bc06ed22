package dev.tributary.job.clickhouse;

import dev.tributary.job.change.Batch;
import dev.tributary.job.change.ChangeReader;
import dev.tributary.job.change.TableLayout;
import dev.tributary.job.source.RawRecord;
import dev.tributary.jobspec.JobSpec;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/** One table's two batches: one being filled, one perhaps in flight. */
final class TableWriter {

    private final TableLayout layout;
    private final ChangeReader reader;
    private final TableMetrics metrics;
    private final int fixedBytesPerRow;

    /** Made with the first row, since a job may have many tables that stay quiet. */
    private @Nullable Batch filling;

    private @Nullable Batch spare;

    TableWriter(JobSpec spec, JobSpec.Table table, MetricGroup group) {
        layout = TableLayout.of(spec, table);
        reader = new ChangeReader(layout);
        metrics = new TableMetrics(group, table.target());
        fixedBytesPerRow = Batch.fixedBytesPerRow(table);
    }

    /** Appends a row; returns an upper bound of the bytes that it takes. */
    long append(RawRecord record) {
        reader.read(record, filling());
        long otherKey = record.otherKey == null ? 0 : (long) record.otherKey.length + fixedBytesPerRow;
        return record.value.length + fixedBytesPerRow + otherKey;
    }

    private Batch filling() {
        Batch batch = filling;
        if (batch == null) {
            batch = new Batch(layout);
            filling = batch;
        }
        return batch;
    }

    int rows() {
        return filling == null ? 0 : filling.rows();
    }

    /** The bytes that the rows appended take. */
    long size() {
        return filling == null ? 0 : filling.size();
    }

    /** Takes the filled batch out, to be inserted. Only while none of this table is in flight. */
    Batch take() {
        Batch batch = filling();
        filling = spare;
        spare = null;
        return batch;
    }

    /**
     * Inserts a batch taken out and gives it back.
     *
     * @param bytesToKeep a batch that has grown beyond is given up
     * @param fillBytes about as much of values that were not changed is read and written at once
     */
    void insert(Batch batch, ClickHouseInserter inserter, long bytesToKeep, long fillBytes)
            throws InterruptedException {
        inserter.insert(batch, fillBytes, metrics);
        if (batch.capacity() <= bytesToKeep) {
            batch.clear();
            spare = batch;
        }
    }
}
