package dev.tributary.job.value;

import dev.tributary.job.json.JsonCursor;
import dev.tributary.job.json.UnreadableValue;

/** Takes whole arrays as compact JSON, and refuses the placeholder of an unavailable one. */
public final class ArrayGuard {

    private final Placeholder placeholder;
    private final Bytes compact = new Bytes(256);

    ArrayGuard(Placeholder placeholder) {
        this.placeholder = placeholder;
    }

    /** Checks the array that comes next; leaves the cursor before it. */
    public void check(JsonCursor in) {
        in.peek();
        int start = in.position();
        take(in);
        in.seek(start);
    }

    /** Takes the array that comes next; the result is valid until the next call. */
    Bytes take(JsonCursor in) {
        if (in.peek() == '"') {
            in.readString();
            placeholder.refuseString(in);
            throw UnreadableValue.malformed("is no array");
        }
        compact.clear();
        in.readCompactArray(compact);
        placeholder.refuseArray(compact);
        return compact;
    }
}
