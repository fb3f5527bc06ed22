package dev.tributary.job.value;

import dev.tributary.job.json.JsonCursor;

/** A JSON number of 32 bits, or what JSON has no number for, as the same Float64: not the one that its text is nearest to. */
record WideFloatReader() implements ValueReader {

    @Override
    public void read(JsonCursor in, Bytes out) {
        out.putLong(Double.doubleToLongBits(Float32Reader.value(in)));
    }

    @Override
    public int width() {
        return Double.BYTES;
    }
}
