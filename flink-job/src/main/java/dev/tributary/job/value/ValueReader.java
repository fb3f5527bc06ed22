package dev.tributary.job.value;

import dev.tributary.job.json.JsonCursor;

/** Reads one JSON value that is not null and appends it as ClickHouse's Native format has it. */
public interface ValueReader {

    /** The width of values that differ in length. */
    int VARIABLE = 0;

    /**
     * Takes the value and appends exactly one.
     *
     * @throws dev.tributary.job.json.UnreadableValue when the value cannot be carried; what was appended then is void.
     *     With the reason {@code UNAVAILABLE_VALUE} nothing was appended, and the placeholder was taken
     */
    void read(JsonCursor in, Bytes out);

    /** The bytes of each value, or {@link #VARIABLE}. */
    int width();

    /** Appends the type's default, which also stands where NULL is. */
    default void putDefault(Bytes out) {
        out.fill(0, width() == VARIABLE ? 1 : width());
    }
}
