package dev.tributary.job.change;

import dev.tributary.job.JobStopped;
import dev.tributary.job.StopReason;
import dev.tributary.job.json.JsonCursor;
import dev.tributary.job.json.UnreadableValue;
import dev.tributary.job.source.RawRecord;
import dev.tributary.jobspec.JobSpec;
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
    private static final byte[] LSN = ascii("lsn");
    private static final byte[] TS_MS = ascii("ts_ms");
    private static final long ABSENT = Long.MIN_VALUE;

    private final JobSpec.Table table;
    private final JsonCursor in = new JsonCursor();
    private final RowReader rows;

    private Operation operation = Operation.UNKNOWN;
    private int before;
    private boolean afterRead;
    private long lsn;
    private long timeMillis;

    public ChangeReader(TableLayout layout) {
        table = layout.table();
        rows = new RowReader(layout, in);
    }

    /**
     * Appends one change to a batch of the same table.
     *
     * @throws JobStopped when it cannot be carried; the batch then is void
     */
    public void read(RawRecord record, Batch batch) {
        rows.reset();
        try {
            readEvent(record.value, batch);
            int row = batch.endRow(operation, position(), timeMillis, record.partition, record.offset);
            if (record.otherKey != null && batch.mayLack()) {
                rows.readOtherKey(record.otherKey, batch);
                batch.endOtherKey(row, record.partition, record.offset);
            }
            rows.checkGap(row, batch);
        } catch (UnreadableValue e) {
            throw stopped(e.reason(), e.what(), record);
        } catch (ArrayIndexOutOfBoundsException e) {
            throw stopped(StopReason.MALFORMED_RECORD, "ends in the middle of JSON", record);
        }
    }

    private void readEvent(byte[] value, Batch batch) {
        operation = Operation.UNKNOWN;
        before = -1;
        afterRead = false;
        lsn = ABSENT;
        timeMillis = ABSENT;
        in.open(value);
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
            readSource();
        } else if (in.textIs(OP)) {
            in.readString();
            boolean oneLetter = in.textTo() - in.textFrom() == 1;
            operation = oneLetter ? Operation.of(in.text()[in.textFrom()]) : Operation.UNKNOWN;
        } else {
            in.skipValue();
        }
    }

    private void readSource() {
        in.expect('{');
        if (in.take('}')) {
            return;
        }
        do {
            in.readName();
            if (in.textIs(LSN) && in.peek() != 'n') {
                lsn = in.readLong();
            } else if (in.textIs(TS_MS)) {
                timeMillis = in.readLong();
            } else {
                in.skipValue();
            }
        } while (in.take(','));
        in.expect('}');
    }

    private void checkEvent() {
        switch (operation) {
            case TRUNCATE ->
                throw new UnreadableValue(
                        StopReason.SOURCE_TRUNCATED, "says that the table was truncated at the source");
            case UNKNOWN -> throw UnreadableValue.malformed("has no operation that the job knows");
            case DELETE -> {
                if (before < 0) {
                    throw UnreadableValue.malformed("deletes a row without saying which");
                }
                if (afterRead) {
                    throw UnreadableValue.malformed("deletes a row and has its new values");
                }
            }
            case READ, CREATE, UPDATE -> {
                if (!afterRead) {
                    throw UnreadableValue.malformed("has no row");
                }
            }
        }
        if (timeMillis == ABSENT) {
            throw UnreadableValue.malformed("has no source.ts_ms");
        }
        if (operation != Operation.READ && lsn < 0) {
            throw UnreadableValue.malformed("has no source.lsn");
        }
    }

    /**
     * The row's position in its epoch. A row read by a snapshot has none: it is stamped with the snapshot's LSN, which
     * is higher than that of a change in a transaction then open, and would hide it.
     */
    private long position() {
        return operation == Operation.READ ? 0 : lsn;
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
