package dev.tributary.job.value;

import dev.tributary.job.json.JsonCursor;

/** A JSON array as String: its text, compact. */
record ArrayTextReader(ArrayGuard guard) implements ValueReader {

    @Override
    public void read(JsonCursor in, Bytes out) {
        Bytes compact = guard.take(in);
        out.putVarint(compact.size());
        out.put(compact.array(), 0, compact.size());
    }

    @Override
    public int width() {
        return VARIABLE;
    }
}
