package dev.tributary.job.change;

import dev.tributary.job.StopReason;
import dev.tributary.job.json.JsonCursor;
import dev.tributary.job.json.UnreadableValue;
import dev.tributary.job.value.Bytes;
import dev.tributary.job.value.Replacements;
import dev.tributary.job.value.RowBinary;
import dev.tributary.job.value.ValueReader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** A column of single values: Native has the map of NULLs first if the column allows them, then the values. */
final class ScalarColumn implements ColumnBuffer {

    private final ValueReader reader;
    private final boolean nullable;
    private final boolean nullWhenOutOfRange;
    private final Replacements replacements;
    private final int width;
    private final Bytes nulls = new Bytes(64);
    private final Bytes values = new Bytes(1024);

    /** Where each row's value ends, for values that differ in length. */
    private int[] ends = new int[64];

    private int rows;

    /** @param replacements told of values that become NULL because they are out of range */
    ScalarColumn(ValueReader reader, boolean nullable, boolean nullWhenOutOfRange, Replacements replacements) {
        this.replacements = replacements;
        this.reader = reader;
        this.nullable = nullable;
        this.nullWhenOutOfRange = nullWhenOutOfRange;
        this.width = reader.width();
    }

    @Override
    public boolean read(JsonCursor in) {
        if (in.takeNull()) {
            if (!nullable) {
                throw new UnreadableValue(StopReason.NOT_NULL_VIOLATED, "is null, which the column does not allow");
            }
            addDefault();
            return true;
        }
        int start = in.position();
        try {
            reader.read(in, values);
        } catch (UnreadableValue e) {
            return instead(e, in, start);
        }
        if (nullable) {
            nulls.putByte(0);
        }
        endRow();
        return true;
    }

    @Override
    public void readStored(RowBinary in) throws IOException {
        if (nullable && in.readByte() == 1) {
            addDefault();
            return;
        }
        if (nullable) {
            nulls.putByte(0);
        }
        in.readValue(width, values);
        endRow();
    }

    @Override
    public void copy(ColumnBuffer other, int row) {
        ScalarColumn from = (ScalarColumn) other;
        if (nullable) {
            nulls.putByte(from.nulls.array()[row]);
        }
        values.put(from.values.array(), from.start(row), from.start(row + 1));
        endRow();
    }

    /** Readers append nothing of a value that they refuse, but may stop in its midst. */
    private boolean instead(UnreadableValue refused, JsonCursor in, int start) {
        boolean missing = refused.reason() == StopReason.UNAVAILABLE_VALUE;
        boolean outOfRange = refused.reason() == StopReason.VALUE_OUT_OF_RANGE;
        if (!missing && !(outOfRange && nullWhenOutOfRange)) {
            throw refused;
        }
        if (outOfRange) {
            replacements.makeNull();
        }
        in.seek(start);
        in.skipValue();
        addDefault();
        return !missing;
    }

    @Override
    public void addDefault() {
        if (nullable) {
            nulls.putByte(1);
        }
        reader.putDefault(values);
        endRow();
    }

    private void endRow() {
        if (width == ValueReader.VARIABLE) {
            if (rows == ends.length) {
                ends = Arrays.copyOf(ends, 2 * rows);
            }
            ends[rows] = values.size();
        }
        rows++;
    }

    private int start(int row) {
        if (width != ValueReader.VARIABLE) {
            return row * width;
        }
        return row == 0 ? 0 : ends[row - 1];
    }

    @Override
    public int hash(int row) {
        return ColumnBuffer.hash(values, start(row), start(row + 1));
    }

    @Override
    public boolean same(int row, int other) {
        byte[] array = values.array();
        return Arrays.equals(array, start(row), start(row + 1), array, start(other), start(other + 1));
    }

    @Override
    public byte[] value(int row) {
        byte[] value = Arrays.copyOfRange(values.array(), start(row), start(row + 1));
        if (width != ValueReader.VARIABLE) {
            return value;
        }
        int text = 0;
        while (value[text++] < 0) {
            // Another byte of the length.
        }
        return Arrays.copyOfRange(value, text, value.length);
    }

    @Override
    public void write(LiveRows live, OutputStream out) throws IOException {
        if (nullable) {
            for (int run = 0; run < live.runs(); run++) {
                out.write(nulls.array(), live.from(run), live.to(run) - live.from(run));
            }
        }
        for (int run = 0; run < live.runs(); run++) {
            int from = start(live.from(run));
            out.write(values.array(), from, start(live.to(run)) - from);
        }
    }

    @Override
    public void keep(int kept) {
        nulls.cut(nullable ? kept : 0);
        values.cut(start(kept));
        rows = kept;
    }

    @Override
    public void clear() {
        nulls.clear();
        values.clear();
        rows = 0;
    }

    @Override
    public long size() {
        long positions = width == ValueReader.VARIABLE ? (long) Integer.BYTES * rows : 0;
        return (long) nulls.size() + values.size() + positions;
    }

    @Override
    public long capacity() {
        return (long) nulls.capacity() + values.capacity() + (long) Integer.BYTES * ends.length;
    }
}
