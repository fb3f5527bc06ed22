package dev.tributary.job.value;

import dev.tributary.job.json.JsonCursor;
import dev.tributary.job.json.UnreadableValue;

/** A JSON number as Int16, Int32 or Int64. */
record IntReader(int bits) implements ValueReader {

    @Override
    public void read(JsonCursor in, Bytes out) {
        long value = in.readLong();
        switch (bits) {
            case 64 -> out.putLong(value);
            case 32 -> {
                check(value == (int) value);
                out.putInt((int) value);
            }
            default -> {
                check(value == (short) value);
                out.putShort((int) value);
            }
        }
    }

    private void check(boolean fits) {
        if (!fits) {
            throw UnreadableValue.outOfRange("has more than " + bits + " bits");
        }
    }

    @Override
    public int width() {
        return bits / Byte.SIZE;
    }
}
