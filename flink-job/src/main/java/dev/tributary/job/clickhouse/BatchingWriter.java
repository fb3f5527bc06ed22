package dev.tributary.job.clickhouse;

import dev.tributary.job.change.Batch;
import dev.tributary.job.quarantine.TableQuarantine;
import dev.tributary.job.source.RawRecord;
import dev.tributary.jobspec.JobSpec;
import dev.tributary.jobspec.OnTruncate;
import dev.tributary.jobspec.QuarantineState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private final WriterShare share;
    private final Connection connection;
    private final ClickHouseInserter inserter;
    private final JobDatabase database;
    private final boolean truncatesBesideOthers;
    private final Flight flight = new Flight();
    private final ProcessingTimeService clock;
    private final List<TableWriter> tables = new ArrayList<>();

    /** What the batches being filled take at most: exact when last counted, estimated since. */
    private long bytes;

    private boolean opened;
    private boolean closed;

    /** @param connection used by this writer alone, and closed with it */
    BatchingWriter(
            JobSpec spec,
            String specHash,
            WriterLimits limits,
            WriterShare share,
            Connection connection,
            ProcessingTimeService clock,
            MetricGroup metrics) {
        LogFields.set(spec);
        this.limits = limits;
        this.share = share;
        this.connection = connection;
        this.clock = clock;
        inserter = new ClickHouseInserter(spec, specHash, connection);
        database = new JobDatabase(spec, connection);
        truncatesBesideOthers = share.writers() > 1 && spec.policies().onTruncate() == OnTruncate.APPLY;
        EventTime eventTime = new EventTime(metrics);
        for (JobSpec.Table table : spec.tables()) {
            tables.add(new TableWriter(spec, table, metrics, eventTime));
        }
        LOG.info(
                "{}/{}: writing {} tables, up to {} MB a time",
                spec.tenant(),
                spec.pipeline(),
                tables.size(),
                share.bytesToFill() >> 20);
        Opening opening = new Opening(spec, tables, inserter, database, share.bytesToFill() / FILL_SHARE);
        flight.start(() -> {
            connection.prepare();
            opening.run();
        });
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
        if (!opened) {
            flight.await();
            opened = true;
        }
        TableWriter table = tables.get(record.table);
        bytes += table.append(record);
        if (table.isTruncated()) {
            truncate(table);
        } else if (table.rows() >= limits.rows() || isFull()) {
            flight.await();
            send();
        }
    }

    /** Counting costs more than one row, so it is done when the estimate, which is far too high, says full. */
    private boolean isFull() {
        long most = share.bytesToFill();
        if (bytes < most) {
            return false;
        }
        bytes = tables.stream().mapToLong(TableWriter::size).sum();
        return bytes >= most - most / 8;
    }

    /** What was read before a truncation goes first; what comes after it waits. */
    private void truncate(TableWriter table) throws InterruptedException {
        flush(false);
        flight.start(table.takeTruncation(database));
    }

    /** Sends what there is; nothing may be in flight. */
    private void send() {
        List<TableWriter> filled = tables.stream().filter(t -> t.rows() > 0).toList();
        List<TableQuarantine.Changes> quarantined = tables.stream()
                .map(TableWriter::takeQuarantined)
                .filter(changes -> !changes.isEmpty())
                .toList();
        if (filled.isEmpty() && quarantined.isEmpty()) {
            return;
        }
        List<Batch> batches = filled.stream().map(TableWriter::take).toList();
        bytes = 0;
        long bytesToKeep = 2 * share.bytesToFill() / tables.size();
        flight.start(() -> {
            for (int i = 0; i < batches.size(); i++) {
                filled.get(i).insert(batches.get(i), inserter, bytesToKeep, share.bytesToFill() / FILL_SHARE);
            }
            for (TableQuarantine.Changes changes : quarantined) {
                database.write(changes.added());
                database.settle(changes.superseded(), QuarantineState.SUPERSEDED);
            }
            if (truncatesBesideOthers && !batches.isEmpty()) {
                lookAfterTruncations();
            }
        });
    }

    /** Another writer may have truncated a table just before its rows were inserted here. */
    private void lookAfterTruncations() throws InterruptedException {
        Map<String, Long> floors = database.floors();
        for (TableWriter table : tables) {
            table.overtaken(floors.getOrDefault(table.target(), 0L), database);
        }
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
        connection.close();
        flight.close();
        LogFields.clear();
    }
}
