package dev.tributary.job.value;

import dev.tributary.job.StopReason;
import dev.tributary.job.json.JsonCursor;
import dev.tributary.job.json.UnreadableValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What Debezium and its converter write where Postgres did not send the value (an unchanged TOAST value): the configured
 * text as a string, in base64 for bytes.
 */
public final class Placeholder {

    private final byte[] text;

    /** @param placeholder letters, digits, - and _ only, so that it is its own JSON */
    Placeholder(String placeholder) {
        text = placeholder.getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether the string read last is the placeholder. */
    public boolean isString(JsonCursor in) {
        return in.textTo() - in.textFrom() == text.length && in.textIs(text);
    }

    /** Refuses the string read last if it is the placeholder. */
    void refuseString(JsonCursor in) {
        if (isString(in)) {
            throw unavailable();
        }
    }

    /** Refuses these bytes if they are the placeholder. */
    void refuseBytes(byte[] bytes) {
        if (Arrays.equals(bytes, text)) {
            throw unavailable();
        }
    }

    private static UnreadableValue unavailable() {
        return new UnreadableValue(
                StopReason.UNAVAILABLE_VALUE,
                "was not changed, so capture did not receive it (TOAST); set REPLICA IDENTITY FULL on the table");
    }
}
