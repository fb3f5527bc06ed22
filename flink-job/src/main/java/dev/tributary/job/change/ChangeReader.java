package dev.tributary.job.change;

import dev.tributary.job.JobStopped;
import dev.tributary.job.StopReason;
import dev.tributary.job.json.JsonCursor;
import dev.tributary.job.json.UnreadableValue;
import dev.tributary.job.source.RawRecord;
import dev.tributary.jobspec.JobSpec;
import dev.tributary.jobspec.OnTruncate;
import java.nio.charset.StandardCharsets;

/**
 * Reads Debezium's change events of one table into batches. The members of an event may stand in any order; the usual
 * one is the fastest: {@code after} is read as it comes, {@code before} only for a delete.
 *
 * <p>Of a deleted row only the key is kept: with the default replica identity the other columns of {@code before} are
 * nulls or made-up defaults.
 */
public final class ChangeReader {

    private static final byte[] BEFORE = ascii("before");
    private static final byte[] AFTER = ascii("after");
    private static final byte[] SOURCE = ascii("source");
    private static final byte[] OP = ascii("op");
    private static final long UNKNOWN_POSITION = -1;

    private final JobSpec.Table table;
    private final OnTruncate onTruncate;
    private final JsonCursor in = new JsonCursor();
    private final SourceReader source = new SourceReader(in);
    private final RowReader rows;

    private Operation operation = Operation.UNKNOWN;
    private int before;
    private boolean afterRead;

    /** Raised by the thread that reads, and by the one that inserts. */
    private volatile long floor;

    public ChangeReader(TableLayout layout) {
        table = layout.table();
        onTruncate = layout.onTruncate();
        rows = new RowReader(layout, in);
    }

    /**
     * Appends one change to a batch of the same table; a truncation, and what is older than one, appends nothing.
     *
     * @return what the change does
     * @throws JobStopped when it cannot be carried; unless the reason is {@link StopReason#MALFORMED_KEY} the batch is good
     *     again after {@link Batch#abandonRow}
     */
    public Operation read(RawRecord record, Batch batch) {
        rows.reset();
        try {
            readEvent(record.value, batch);
            if (table.appendOnly() && record.otherKey != null) {
                throw notAppendOnly();
            }
            if (operation == Operation.TRUNCATE) {
                return operation;
            }
            if (Long.compareUnsigned(position(), floor) < 0) {
                batch.abandonRow();
                return operation;
            }
            if (record.otherKey == null && operation != Operation.UPDATE) {
                rows.checkComplete(batch);
            }
        } catch (UnreadableValue e) {
            throw stopped(e.reason(), e.what(), record);
        } catch (ArrayIndexOutOfBoundsException e) {
            throw stopped(StopReason.MALFORMED_RECORD, "ends in the middle of JSON", record);
        }
        int row = batch.endRow(operation, position(), source.timeMillis(), record.partition, record.offset);
        if (record.otherKey != null && batch.mayLack()) {
            readOtherKey(record, record.otherKey, row, batch);
        }
        return operation;
    }

    private void readOtherKey(RawRecord record, byte[] otherKey, int row, Batch batch) {
        try {
            rows.readOtherKey(otherKey, batch);
        } catch (UnreadableValue | ArrayIndexOutOfBoundsException e) {
            String what = e instanceof UnreadableValue unreadable ? unreadable.what() : "ends in the middle of JSON";
            throw stopped(StopReason.MALFORMED_KEY, what, record);
        }
        batch.endOtherKey(row, record.partition, record.offset);
    }

    /** From now on changes below this position, unsigned, are left out: the table was truncated there. */
    public synchronized void raiseFloor(long position) {
        if (Long.compareUnsigned(position, floor) > 0) {
            floor = position;
        }
    }

    /** The position below which changes are left out, unsigned; 0 at first. */
    public long floor() {
        return floor;
    }

    /** Whether it says that the table was truncated. */
    public boolean isTruncation(RawRecord record) {
        try {
            readEnvelope(record.value);
            return operation == Operation.TRUNCATE;
        } catch (UnreadableValue | ArrayIndexOutOfBoundsException e) {
            return false;
        }
    }

    /** The position of a record that could not be read, unsigned; the highest there is where it does not say. */
    public long positionOf(RawRecord record) {
        try {
            readEnvelope(record.value);
            return operation == Operation.READ || source.lsn() >= 0 ? position() : UNKNOWN_POSITION;
        } catch (UnreadableValue | ArrayIndexOutOfBoundsException e) {
            return UNKNOWN_POSITION;
        }
    }

    private void readEvent(byte[] value, Batch batch) {
        open(value);
        in.expect('{');
        if (!in.take('}')) {
            do {
                in.readName();
                readMember(batch);
            } while (in.take(','));
            in.expect('}');
        }
        in.expectEnd();
        checkEvent();
        if (operation == Operation.DELETE) {
            in.seek(before);
            rows.readKey(batch);
        }
    }

    private void open(byte[] value) {
        operation = Operation.UNKNOWN;
        before = -1;
        afterRead = false;
        source.reset();
        in.open(value);
    }

    /** Reads what is no row. */
    private void readEnvelope(byte[] value) {
        open(value);
        in.expect('{');
        do {
            in.readName();
            if (in.textIs(SOURCE)) {
                source.read();
            } else if (in.textIs(OP)) {
                readOperation();
            } else {
                in.skipValue();
            }
        } while (in.take(','));
    }

    private void readMember(Batch batch) {
        if (in.textIs(AFTER)) {
            if (!in.takeNull()) {
                rows.readAll(batch);
                afterRead = true;
            }
        } else if (in.textIs(BEFORE)) {
            if (in.peek() == '{') {
                before = in.position();
            }
            in.skipValue();
        } else if (in.textIs(SOURCE)) {
            source.read();
        } else if (in.textIs(OP)) {
            readOperation();
        } else {
            in.skipValue();
        }
    }

    private void readOperation() {
        in.readString();
        boolean oneLetter = in.textTo() - in.textFrom() == 1;
        operation = oneLetter ? Operation.of(in.text()[in.textFrom()]) : Operation.UNKNOWN;
    }

    private void checkEvent() {
        switch (operation) {
            case TRUNCATE -> {
                if (onTruncate == OnTruncate.STOP) {
                    throw new UnreadableValue(
                            StopReason.SOURCE_TRUNCATED, "says that the table was truncated at the source");
                }
            }
            case UNKNOWN -> throw UnreadableValue.malformed("has no operation that the job knows");
            case DELETE -> {
                if (table.appendOnly()) {
                    throw notAppendOnly();
                }
                if (before < 0) {
                    throw UnreadableValue.malformed("deletes a row without saying which");
                }
                if (afterRead) {
                    throw UnreadableValue.malformed("deletes a row and has its new values");
                }
            }
            case READ, CREATE, UPDATE -> {
                if (operation == Operation.UPDATE && table.appendOnly()) {
                    throw notAppendOnly();
                }
                if (!afterRead) {
                    throw UnreadableValue.malformed("has no row");
                }
            }
        }
        if (source.timeMillis() == SourceReader.ABSENT) {
            throw UnreadableValue.malformed("has no source.ts_ms");
        }
        if (operation != Operation.READ && source.lsn() < 0) {
            throw UnreadableValue.malformed("has no source.lsn");
        }
    }

    private static UnreadableValue notAppendOnly() {
        return new UnreadableValue(
                StopReason.NOT_APPEND_ONLY,
                "updates or deletes a row, and the table is append-only: nothing tells which of the rows it is");
    }

    /**
     * The position in its epoch of the change that was read last. A row read by a snapshot has none: it is stamped with the snapshot's LSN, which
     * is higher than that of a change in a transaction then open, and would hide it.
     */
    public long position() {
        return operation == Operation.READ ? 0 : source.lsn();
    }

    private JobStopped stopped(StopReason reason, String what, RawRecord record) {
        String column = rows.currentColumn();
        String subject = column.isEmpty() ? "a record of table " : "the value of column " + column + " of table ";
        return new JobStopped(
                reason,
                subject + table.schema() + "." + table.name() + " " + what + " (" + table.topic() + "-"
                        + record.partition + "@" + record.offset + ")");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
