package dev.tributary.job.clickhouse;

import dev.tributary.job.change.Batch;
import dev.tributary.job.source.RawRecord;
import dev.tributary.jobspec.JobSpec;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills batches of many tables while those before are inserted. They are sent when a table has enough rows, when all
 * together hold enough bytes, when time is up and at each checkpoint, which waits until everything is in ClickHouse.
 *
 * <p>While an insert is slow or fails, the batches being filled fill up, and then {@link #write} waits: Kafka is read no
 * faster than ClickHouse takes it, with bounded memory. All methods run in the task's thread.
 */
final class BatchingWriter implements SinkWriter<RawRecord> {

    private static final Logger LOG = LoggerFactory.getLogger(BatchingWriter.class);

    /** Values that were not changed are read and written in pieces of this part of a full batch. */
    private static final int FILL_SHARE = 4;

    private final WriterLimits limits;
    private final ClickHouseInserter inserter;
    private final Flight flight = new Flight();
    private final ProcessingTimeService clock;
    private final List<TableWriter> tables = new ArrayList<>();
    private final long bytesToFill;

    /** What the batches being filled take at most: exact when last counted, estimated since. */
    private long bytes;

    private boolean closed;

    /** @param bytesToFill the bytes that all tables' batches may fill before they are sent */
    BatchingWriter(
            JobSpec spec,
            WriterLimits limits,
            long bytesToFill,
            ClickHouseInserter inserter,
            ProcessingTimeService clock,
            MetricGroup metrics) {
        this.limits = limits;
        this.bytesToFill = bytesToFill;
        this.inserter = inserter;
        this.clock = clock;
        for (JobSpec.Table table : spec.tables()) {
            tables.add(new TableWriter(spec, table, metrics));
        }
        LOG.info(
                "{}/{}: writing {} tables, up to {} MB a time",
                spec.tenant(),
                spec.pipeline(),
                tables.size(),
                bytesToFill >> 20);
        flight.start(inserter::prepare);
        scheduleSend();
    }

    private void scheduleSend() {
        clock.registerTimer(clock.getCurrentProcessingTime() + limits.interval().toMillis(), time -> {
            if (closed) {
                return;
            }
            if (flight.isEmpty()) {
                send();
            }
            scheduleSend();
        });
    }

    @Override
    public void write(RawRecord record, Context context) throws InterruptedException {
        TableWriter table = tables.get(record.table);
        bytes += table.append(record);
        if (table.rows() >= limits.rows() || isFull()) {
            flight.await();
            send();
        }
    }

    /** Counting costs more than one row, so it is done when the estimate, which is far too high, says full. */
    private boolean isFull() {
        if (bytes < bytesToFill) {
            return false;
        }
        bytes = tables.stream().mapToLong(TableWriter::size).sum();
        return bytes >= bytesToFill - bytesToFill / 8;
    }

    /** Sends what there is; nothing may be in flight. */
    private void send() {
        List<TableWriter> filled = tables.stream().filter(t -> t.rows() > 0).toList();
        if (filled.isEmpty()) {
            return;
        }
        List<Batch> batches = filled.stream().map(TableWriter::take).toList();
        bytes = 0;
        long bytesToKeep = 2 * bytesToFill / tables.size();
        flight.start(() -> {
            for (int i = 0; i < batches.size(); i++) {
                filled.get(i).insert(batches.get(i), inserter, bytesToKeep, bytesToFill / FILL_SHARE);
            }
        });
    }

    /** At each checkpoint and at the end: returns once everything written before is in ClickHouse. */
    @Override
    public void flush(boolean endOfInput) throws InterruptedException {
        flight.await();
        send();
        flight.await();
    }

    @Override
    public void close() {
        closed = true;
        inserter.close();
        flight.close();
    }
}
