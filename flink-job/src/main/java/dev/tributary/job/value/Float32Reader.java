package dev.tributary.job.value;

import dev.tributary.job.json.JsonCursor;
import dev.tributary.job.json.UnreadableValue;
import java.nio.charset.StandardCharsets;

/** A JSON number, or the string NaN, Infinity or -Infinity, as Float32; never by way of a double, which rounds twice. */
record Float32Reader() implements ValueReader {

    @Override
    public void read(JsonCursor in, Bytes out) {
        if (in.peek() == '"') {
            out.putInt(Float.floatToIntBits((float) Float64Reader.special(in)));
            return;
        }
        in.readNumberText();
        float value;
        try {
            value = Float.parseFloat(
                    new String(in.text(), in.textFrom(), in.textTo() - in.textFrom(), StandardCharsets.ISO_8859_1));
        } catch (NumberFormatException e) {
            throw UnreadableValue.malformed("is no number");
        }
        if (Float.isInfinite(value)) {
            throw UnreadableValue.outOfRange("is too large for a Float32");
        }
        out.putInt(Float.floatToRawIntBits(value));
    }

    @Override
    public int width() {
        return Float.BYTES;
    }
}
