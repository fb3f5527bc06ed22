package dev.tributary.job.value;

import dev.tributary.job.json.JsonCursor;
import dev.tributary.job.json.UnreadableValue;
import java.util.Arrays;
import java.util.Base64;

/** A JSON string in base64 as String: the bytes it stands for. */
record BytesReader(Placeholder placeholder) implements ValueReader {

    @Override
    public void read(JsonCursor in, Bytes out) {
        in.readString();
        byte[] bytes = decoded(in);
        placeholder.refuseBytes(bytes);
        out.putVarint(bytes.length);
        out.put(bytes, 0, bytes.length);
    }

    private static byte[] decoded(JsonCursor in) {
        try {
            return Base64.getDecoder().decode(Arrays.copyOfRange(in.text(), in.textFrom(), in.textTo()));
        } catch (IllegalArgumentException e) {
            throw UnreadableValue.malformed("is not in base64");
        }
    }

    @Override
    public int width() {
        return VARIABLE;
    }
}
