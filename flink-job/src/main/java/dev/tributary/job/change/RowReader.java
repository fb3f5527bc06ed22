package dev.tributary.job.change;

import dev.tributary.job.StopReason;
import dev.tributary.job.json.JsonCursor;
import dev.tributary.job.json.UnreadableValue;
import dev.tributary.jobspec.JobSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a JSON object whose members are a table's columns: each exactly once, none unknown. It guesses that they stand
 * in the order of the row before, which is nearly always so.
 */
final class RowReader {

    private final JsonCursor in;
    private final List<JobSpec.Column> columns;
    private final byte[][] quotedNames;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final boolean[] isKey;

    /** The columns in the order of the row before. */
    private final int[] order;

    /** For each column the last row that had it. */
    private final long[] seenIn;

    private long row;
    private int current = -1;

    RowReader(TableLayout layout, JsonCursor in) {
        this.in = in;
        columns = layout.table().columns();
        int count = columns.size();
        quotedNames = new byte[count][];
        isKey = new boolean[count];
        order = new int[count];
        seenIn = new long[count];
        for (int i = 0; i < count; i++) {
            String name = columns.get(i).name();
            quotedNames[i] = JsonCursor.quoted(name);
            indexes.put(name, i);
            order[i] = i;
            isKey[i] = layout.table().key().contains(name);
        }
    }

    /** Before each event: no column is being read. */
    void reset() {
        current = -1;
    }

    /** The column being read, or empty. */
    String currentColumn() {
        return current < 0 ? "" : columns.get(current).name();
    }

    /** Appends the row. */
    void readAll(Batch batch) {
        read(batch, false);
    }

    /** Appends the key of the row, and NULL or the type's default for the rest. */
    void readKey(Batch batch) {
        read(batch, true);
    }

    private void read(Batch batch, boolean keyOnly) {
        row++;
        int found = 0;
        in.expect('{');
        if (!in.take('}')) {
            do {
                int column = nextColumn(found);
                current = column;
                if (seenIn[column] == row) {
                    throw UnreadableValue.malformed("stands twice in one row");
                }
                seenIn[column] = row;
                if (keyOnly && !isKey[column]) {
                    in.skipValue();
                    batch.column(column).addDefault();
                } else if (!batch.column(column).read(in)) {
                    lacks(column, batch);
                }
                found++;
            } while (in.take(','));
            in.expect('}');
        }
        if (found < columns.size()) {
            current = missing();
            throw new UnreadableValue(StopReason.MISSING_COLUMN, "is not in the record");
        }
        current = -1;
    }

    private void lacks(int column, Batch batch) {
        if (isKey[column]) {
            throw unavailable("was not changed, so capture did not receive it (TOAST), and it is part of the key");
        }
        batch.lacks(column);
    }

    /** Refuses a row that lacks values, for one that has no row before it to take them from. */
    void checkComplete(Batch batch) {
        if (batch.firstLacking() >= 0) {
            current = batch.firstLacking();
            throw unavailable("is one that capture did not receive (TOAST), in a row that was just created");
        }
    }

    private static UnreadableValue unavailable(String what) {
        return new UnreadableValue(StopReason.UNAVAILABLE_VALUE, what + "; set REPLICA IDENTITY FULL on the table");
    }

    /** Appends a row of nothing but this key, a JSON object. */
    void readOtherKey(byte[] key, Batch batch) {
        row++;
        in.open(key);
        in.expect('{');
        do {
            int column = nextColumn(order.length);
            current = column;
            if (!isKey[column] || seenIn[column] == row) {
                throw UnreadableValue.malformed("does not belong into a key");
            }
            seenIn[column] = row;
            if (!batch.column(column).read(in)) {
                lacks(column, batch);
            }
        } while (in.take(','));
        in.expect('}');
        for (int column = 0; column < isKey.length; column++) {
            if (seenIn[column] != row) {
                if (isKey[column]) {
                    current = column;
                    throw UnreadableValue.malformed("is missing in the key that the row had or has then");
                }
                batch.column(column).addDefault();
            }
        }
        current = -1;
    }

    private int nextColumn(int found) {
        current = -1;
        if (found < order.length && in.takeName(quotedNames[order[found]])) {
            return order[found];
        }
        in.readName();
        String name = in.textAsString();
        Integer column = indexes.get(name);
        if (column == null) {
            throw new UnreadableValue(
                    StopReason.UNKNOWN_COLUMN, "has the column " + name + ", which the job does not know");
        }
        if (found < order.length) {
            order[found] = column;
        }
        return column;
    }

    private int missing() {
        for (int i = 0; i < seenIn.length; i++) {
            if (seenIn[i] != row) {
                return i;
            }
        }
        throw new IllegalStateException("no column is missing: " + Arrays.toString(seenIn));
    }
}
