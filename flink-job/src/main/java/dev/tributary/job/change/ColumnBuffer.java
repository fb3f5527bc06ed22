package dev.tributary.job.change;

import dev.tributary.job.json.JsonCursor;
import dev.tributary.job.value.Bytes;
import dev.tributary.job.value.RowBinary;
import java.io.IOException;
import java.io.OutputStream;

/** One column of a batch, laid out as ClickHouse's Native format wants it. */
interface ColumnBuffer {

    /**
     * Takes one JSON value and appends it.
     *
     * @return false if capture did not have the value: then a default was appended, which must never be written
     * @throws dev.tributary.job.json.UnreadableValue when it cannot be carried; then {@link #keep} must follow
     */
    boolean read(JsonCursor in);

    /** Takes one value of ClickHouse's RowBinary format and appends it. */
    void readStored(RowBinary in) throws IOException;

    /** Appends the value that another column of the same type has in this row. */
    void copy(ColumnBuffer other, int row);

    /** Appends NULL where the column allows it, else the type's default. */
    void addDefault();

    /** A hash of the value in this row. */
    int hash(int row);

    /** Whether two rows have the same value. */
    boolean same(int row, int other);

    /** The value in this row, which is not null, as Native has it; texts and bytes without their length. */
    byte[] value(int row);

    /** Writes the values of these rows. */
    void write(LiveRows rows, OutputStream out) throws IOException;

    /** Gives up all after the first rows, also what was begun and not ended. */
    void keep(int rows);

    void clear();

    /** Bytes filled. */
    long size();

    /** Bytes held, filled or not. */
    long capacity();

    /** The hash of a slice. */
    static int hash(Bytes bytes, int from, int to) {
        byte[] array = bytes.array();
        int hash = 1;
        for (int at = from; at < to; at++) {
            hash = 31 * hash + array[at];
        }
        return hash;
    }
}
