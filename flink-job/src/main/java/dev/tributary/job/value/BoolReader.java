package dev.tributary.job.value;

import dev.tributary.job.json.JsonCursor;

/** JSON true or false as Bool. */
record BoolReader() implements ValueReader {

    @Override
    public void read(JsonCursor in, Bytes out) {
        out.putByte(in.readBoolean() ? 1 : 0);
    }

    @Override
    public int width() {
        return 1;
    }
}
