package dev.tributary.job.value;

import dev.tributary.job.json.JsonCursor;
import dev.tributary.job.json.UnreadableValue;

/** A JSON number, or the string NaN, Infinity or -Infinity, as Float32; never by way of a double, which rounds twice. */
record Float32Reader() implements ValueReader {

    @Override
    public void read(JsonCursor in, Bytes out) {
        out.putInt(Float.floatToIntBits(value(in)));
    }

    /** Takes the value. */
    static float value(JsonCursor in) {
        if (in.peek() == '"') {
            return (float) Float64Reader.special(in);
        }
        in.readNumberText();
        float value;
        try {
            value = Float.parseFloat(in.textAsString());
        } catch (NumberFormatException e) {
            throw UnreadableValue.malformed("is no number");
        }
        if (Float.isInfinite(value)) {
            throw UnreadableValue.outOfRange("is too large for a Float32");
        }
        return value;
    }

    @Override
    public int width() {
        return Float.BYTES;
    }
}
