package dev.tributary.job.value;

import dev.tributary.job.StopReason;
import dev.tributary.job.json.JsonCursor;
import dev.tributary.job.json.UnreadableValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What Debezium writes where Postgres did not send the value (an unchanged TOAST value): the configured text as a string
 * for every scalar type; for an array the text as its only element, its bytes as numbers, or a UUID made of it. An array
 * type for which it has no form fails in capture, provided {@code event.converting.failure.handling.mode=fail}.
 */
final class Placeholder {

    private final byte[] text;
    private final List<byte[]> arrays;

    /** @param placeholder letters, digits, - and _ only, so that it is its own JSON */
    Placeholder(String placeholder) {
        text = placeholder.getBytes(StandardCharsets.US_ASCII);
        String numbers = placeholder.chars().mapToObj(Integer::toString).collect(Collectors.joining(","));
        arrays = List.of(
                json("[\"" + placeholder + "\"]"),
                json("[\"" + UUID.nameUUIDFromBytes(text) + "\"]"),
                json("[" + numbers + "]"));
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Stops if the string read last is the placeholder. */
    void refuseString(JsonCursor in) {
        if (in.textTo() - in.textFrom() == text.length && in.textIs(text)) {
            throw unavailable();
        }
    }

    /** Stops if this array, as compact JSON, is the placeholder. */
    void refuseArray(Bytes compact) {
        for (byte[] form : arrays) {
            if (Arrays.equals(compact.array(), 0, compact.size(), form, 0, form.length)) {
                throw unavailable();
            }
        }
    }

    private static UnreadableValue unavailable() {
        return new UnreadableValue(
                StopReason.UNAVAILABLE_VALUE,
                "was not changed, so capture did not receive it (TOAST); set REPLICA IDENTITY FULL on the table");
    }
}
