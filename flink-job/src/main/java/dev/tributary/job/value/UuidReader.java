package dev.tributary.job.value;

import dev.tributary.job.json.JsonCursor;
import dev.tributary.job.json.UnreadableValue;

/** A JSON string as UUID: ClickHouse keeps the upper and the lower half as a little-endian number each, in this order. */
record UuidReader() implements ValueReader {

    private static final int LENGTH = 36;

    @Override
    public void read(JsonCursor in, Bytes out) {
        in.readString();
        byte[] text = in.text();
        int at = in.textFrom();
        if (in.textTo() - at != LENGTH
                || text[at + 8] != '-'
                || text[at + 13] != '-'
                || text[at + 18] != '-'
                || text[at + 23] != '-') {
            throw malformed();
        }
        long upper = hex(text, at, 8) << 32 | hex(text, at + 9, 4) << 16 | hex(text, at + 14, 4);
        long lower = hex(text, at + 19, 4) << 48 | hex(text, at + 24, 12);
        out.putLong(upper);
        out.putLong(lower);
    }

    private static long hex(byte[] text, int from, int digits) {
        long value = 0;
        for (int at = from; at < from + digits; at++) {
            int digit = Character.digit(text[at], 16);
            if (digit < 0) {
                throw malformed();
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private static UnreadableValue malformed() {
        return UnreadableValue.malformed("is no UUID");
    }

    @Override
    public int width() {
        return 16;
    }
}
