package dev.tributary.job.value;

import dev.tributary.job.json.JsonCursor;

/** A JSON number, days since 1970, as Date32. Debezium's infinities are numbers far outside the range. */
record DateReader(boolean clamp) implements ValueReader {

    @Override
    public void read(JsonCursor in, Bytes out) {
        out.putInt(Calendar.day(in.readLong(), clamp));
    }

    @Override
    public int width() {
        return Integer.BYTES;
    }
}
