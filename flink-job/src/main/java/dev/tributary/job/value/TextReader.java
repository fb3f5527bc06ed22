package dev.tributary.job.value;

import dev.tributary.job.json.JsonCursor;

/** A JSON string as String: its UTF-8, unchanged. */
record TextReader(Placeholder placeholder) implements ValueReader {

    @Override
    public void read(JsonCursor in, Bytes out) {
        in.readString();
        placeholder.refuseString(in);
        out.putVarint(in.textTo() - in.textFrom());
        out.put(in.text(), in.textFrom(), in.textTo());
    }

    @Override
    public int width() {
        return VARIABLE;
    }
}
