package dev.tributary.job.change;

import dev.tributary.job.StopReason;
import dev.tributary.job.json.JsonCursor;
import dev.tributary.job.json.UnreadableValue;
import dev.tributary.job.value.Bytes;
import dev.tributary.job.value.Placeholder;
import dev.tributary.job.value.RowBinary;
import dev.tributary.job.value.ValueReader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** A column of arrays of nullable elements, each a JSON array within a JSON string: Native has the running element counts, then one column of all elements. */
final class ArrayColumn implements ColumnBuffer {

    private final ValueReader element;
    private final Placeholder placeholder;
    private final JsonCursor array = new JsonCursor();
    private final Bytes nulls = new Bytes(64);
    private final Bytes values = new Bytes(1024);

    /** For each row where its elements end: in {@link #nulls}, so counted, and in {@link #values}. */
    private int[] elementEnds = new int[64];

    private int[] valueEnds = new int[64];
    private int rows;

    ArrayColumn(ValueReader element, Placeholder placeholder) {
        this.element = element;
        this.placeholder = placeholder;
    }

    @Override
    public boolean read(JsonCursor in) {
        if (in.takeNull()) {
            throw new UnreadableValue(StopReason.NOT_NULL_VIOLATED, "is null, which the column does not allow");
        }
        in.readString();
        if (placeholder.isString(in)) {
            addDefault();
            return false;
        }
        array.open(Arrays.copyOfRange(in.text(), in.textFrom(), in.textTo()));
        array.expect('[');
        if (!array.take(']')) {
            do {
                readElement();
            } while (array.take(','));
            array.expect(']');
        }
        array.expectEnd();
        endRow();
        return true;
    }

    private void readElement() {
        if (array.peek() == '[') {
            throw UnreadableValue.outOfRange("is an array of arrays, which an Array of single values cannot be");
        }
        if (array.takeNull()) {
            addNull();
        } else {
            nulls.putByte(0);
            element.read(array, values);
        }
    }

    private void addNull() {
        nulls.putByte(1);
        element.putDefault(values);
    }

    @Override
    public void readStored(RowBinary in) throws IOException {
        int count = in.readVarint();
        for (int i = 0; i < count; i++) {
            if (in.readByte() == 1) {
                addNull();
            } else {
                nulls.putByte(0);
                in.readValue(element.width(), values);
            }
        }
        endRow();
    }

    @Override
    public void copy(ColumnBuffer other, int row) {
        ArrayColumn from = (ArrayColumn) other;
        nulls.put(from.nulls.array(), start(from.elementEnds, row), from.elementEnds[row]);
        values.put(from.values.array(), start(from.valueEnds, row), from.valueEnds[row]);
        endRow();
    }

    @Override
    public void addDefault() {
        endRow();
    }

    private void endRow() {
        if (rows == elementEnds.length) {
            elementEnds = Arrays.copyOf(elementEnds, 2 * rows);
            valueEnds = Arrays.copyOf(valueEnds, 2 * rows);
        }
        elementEnds[rows] = nulls.size();
        valueEnds[rows] = values.size();
        rows++;
    }

    private static int start(int[] ends, int row) {
        return row == 0 ? 0 : ends[row - 1];
    }

    @Override
    public int hash(int row) {
        return 31 * ColumnBuffer.hash(nulls, start(elementEnds, row), elementEnds[row])
                + ColumnBuffer.hash(values, start(valueEnds, row), valueEnds[row]);
    }

    @Override
    public boolean same(int row, int other) {
        return same(nulls, elementEnds, row, other) && same(values, valueEnds, row, other);
    }

    private static boolean same(Bytes bytes, int[] ends, int row, int other) {
        byte[] array = bytes.array();
        return Arrays.equals(array, start(ends, row), ends[row], array, start(ends, other), ends[other]);
    }

    @Override
    public byte[] value(int row) {
        throw new IllegalStateException("an array is no key");
    }

    @Override
    public void write(LiveRows live, OutputStream out) throws IOException {
        writeCounts(live, out);
        writeRuns(nulls, elementEnds, live, out);
        writeRuns(values, valueEnds, live, out);
    }

    private void writeCounts(LiveRows live, OutputStream out) throws IOException {
        Bytes counts = new Bytes(Math.max(1, Long.BYTES * live.count()));
        long elements = 0;
        for (int run = 0; run < live.runs(); run++) {
            for (int row = live.from(run); row < live.to(run); row++) {
                elements += elementEnds[row] - start(elementEnds, row);
                counts.putLong(elements);
            }
        }
        out.write(counts.array(), 0, counts.size());
    }

    private static void writeRuns(Bytes bytes, int[] ends, LiveRows live, OutputStream out) throws IOException {
        for (int run = 0; run < live.runs(); run++) {
            int from = start(ends, live.from(run));
            out.write(bytes.array(), from, start(ends, live.to(run)) - from);
        }
    }

    @Override
    public void keep(int kept) {
        nulls.cut(start(elementEnds, kept));
        values.cut(start(valueEnds, kept));
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
        return (long) nulls.size() + values.size() + 2L * Integer.BYTES * rows;
    }

    @Override
    public long capacity() {
        return (long) nulls.capacity()
                + values.capacity()
                + (long) Integer.BYTES * (elementEnds.length + valueEnds.length);
    }
}
