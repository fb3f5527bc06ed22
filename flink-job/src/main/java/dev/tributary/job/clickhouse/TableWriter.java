package dev.tributary.job.clickhouse;

import dev.tributary.job.JobStopped;
import dev.tributary.job.change.Batch;
import dev.tributary.job.change.ChangeReader;
import dev.tributary.job.change.Operation;
import dev.tributary.job.change.TableLayout;
import dev.tributary.job.quarantine.TableQuarantine;
import dev.tributary.job.quarantine.Waiting;
import dev.tributary.job.source.RawRecord;
import dev.tributary.jobspec.JobSpec;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** One table's two batches: one being filled, one perhaps in flight. */
final class TableWriter {

    private final TableLayout layout;
    private final ChangeReader reader;
    private final TableMetrics metrics;
    private final TableQuarantine quarantine;
    private final int fixedBytesPerRow;

    /** Made with the first row, since a job may have many tables that stay quiet. */
    private @Nullable Batch filling;

    private @Nullable Batch spare;

    /** The position of a truncation that was read and is not carried out yet. */
    private @Nullable Long truncation;

    TableWriter(JobSpec spec, JobSpec.Table table, MetricGroup group, EventTime eventTimeOfAll) {
        layout = TableLayout.of(spec, table);
        reader = new ChangeReader(layout);
        MetricGroup ofTable = group.addGroup("table", table.target());
        metrics = new TableMetrics(ofTable, eventTimeOfAll);
        quarantine = new TableQuarantine(spec, table, layout.mayLack(), reader::isTruncation, ofTable);
        fixedBytesPerRow = Batch.fixedBytesPerRow(table);
    }

    /**
     * Appends a row, or takes note of a truncation, or puts the record into quarantine.
     *
     * @return an upper bound of the bytes that it takes
     */
    long append(RawRecord record) {
        try {
            carry(record);
        } catch (JobStopped e) {
            return quarantine.add(record, e, reader.positionOf(record));
        }
        long otherKey = record.otherKey == null ? 0 : (long) record.otherKey.length + fixedBytesPerRow;
        return record.value.length + fixedBytesPerRow + otherKey;
    }

    /** @throws JobStopped when it cannot be carried; the batch then is as before, if this is about the record alone */
    private void carry(RawRecord record) {
        Optional<JobStopped> doubt = quarantine.doubt(record);
        if (doubt.isPresent()) {
            throw doubt.get();
        }
        Operation operation;
        try {
            operation = reader.read(record, filling());
        } catch (JobStopped e) {
            filling().abandonRow();
            throw e;
        }
        long position = reader.position();
        if (operation == Operation.TRUNCATE) {
            reader.raiseFloor(position);
            quarantine.truncated(position);
            truncation = position;
        } else {
            quarantine.carried(record, position);
        }
    }

    private Batch filling() {
        Batch batch = filling;
        if (batch == null) {
            batch = new Batch(layout);
            filling = batch;
        }
        return batch;
    }

    String target() {
        return layout.table().target();
    }

    String topic() {
        return layout.table().topic();
    }

    /** Keeps in mind what is in quarantine of this table. */
    void remember(Waiting waiting) {
        quarantine.remember(waiting.key(), waiting.place(), waiting.position());
    }

    /** Whether it must be carried alone, since what it builds on may turn out not to be there. */
    boolean buildsOnRowBefore(RawRecord record) {
        return quarantine.buildsOnRowBefore(record);
    }

    /** Appends a record out of quarantine, if it can be carried by now; else keeps it in mind, and says why. */
    Optional<JobStopped> redrive(Waiting waiting, RawRecord record) {
        try {
            carry(record);
            return Optional.empty();
        } catch (JobStopped e) {
            remember(waiting);
            return Optional.of(e);
        }
    }

    /** What changed in the table's quarantine since the last time. */
    TableQuarantine.Changes takeQuarantined() {
        return quarantine.take();
    }

    /** Whether a truncation was read that is to be carried out, once all before it is in ClickHouse. */
    boolean isTruncated() {
        return truncation != null;
    }

    /** Takes the truncation out, to be carried out. */
    Flight.Work takeTruncation(JobDatabase database) {
        long position = Objects.requireNonNull(truncation);
        truncation = null;
        return () -> database.truncate(target(), position);
    }

    /** Leaves out what is below this position from now on. */
    void startAbove(long floor) {
        reader.raiseFloor(floor);
    }

    /** After an insert: another subtask may have truncated the table just before, and missed what was inserted. */
    void overtaken(long floor, JobDatabase database) throws InterruptedException {
        if (Long.compareUnsigned(floor, reader.floor()) > 0) {
            reader.raiseFloor(floor);
            database.deleteBelow(target(), floor);
        }
    }

    int rows() {
        return filling == null ? 0 : filling.rows();
    }

    /** The bytes that the rows appended take, and the records for the quarantine. */
    long size() {
        return quarantine.size() + (filling == null ? 0 : filling.size());
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
        try (MDC.MDCCloseable named = LogFields.table(layout.table().target())) {
            inserter.insert(batch, fillBytes, metrics);
        }
        metrics.queryable(batch);
        if (batch.capacity() <= bytesToKeep) {
            batch.clear();
            spare = batch;
        }
    }
}
