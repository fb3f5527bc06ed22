package dev.tributary.job.value;

import dev.tributary.job.json.JsonCursor;

/** A JSON number, microseconds since 1970, as DateTime64(6). Debezium's infinities are numbers far outside the range. */
record TimestampReader(Calendar calendar) implements ValueReader {

    @Override
    public void read(JsonCursor in, Bytes out) {
        out.putLong(calendar.micros(in.readLong()));
    }

    @Override
    public int width() {
        return Long.BYTES;
    }
}
