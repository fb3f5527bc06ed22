package dev.tributary.job.value;

import dev.tributary.job.json.JsonCursor;
import dev.tributary.job.json.UnreadableValue;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Function;

/**
 * A JSON value as String: the text that PostgreSQL writes for it.
 *
 * @param text takes the value and says its text
 */
record PlainTextReader(Function<JsonCursor, String> text) implements ValueReader {

    /** The years that PostgreSQL has take more digits than Java's own formatter reads. */
    private static final DateTimeFormatter ISO = DateTimeFormatter.ISO_OFFSET_DATE_TIME;

    private static final long NANOS_PER_MICRO = 1000;

    @Override
    public void read(JsonCursor in, Bytes out) {
        out.putText(text.apply(in));
    }

    static String integer(JsonCursor in) {
        return Long.toString(in.readLong());
    }

    static String bool(JsonCursor in) {
        return Boolean.toString(in.readBoolean());
    }

    static String date(JsonCursor in) {
        return PostgresCalendar.date(in.readLong());
    }

    static String timestamp(JsonCursor in) {
        return PostgresCalendar.timestamp(in.readLong());
    }

    /** From ISO 8601 with an offset. */
    static String zonedTimestamp(JsonCursor in) {
        in.readString();
        String text = in.textAsString();
        if (text.equals(PostgresCalendar.INFINITY) || text.equals(PostgresCalendar.MINUS_INFINITY)) {
            return text;
        }
        LocalDateTime utc;
        try {
            utc = OffsetDateTime.parse(text, ISO)
                    .withOffsetSameInstant(ZoneOffset.UTC)
                    .toLocalDateTime();
        } catch (DateTimeException e) {
            throw UnreadableValue.malformed("is no timestamp with an offset");
        }
        return PostgresCalendar.timestamp(utc.toLocalDate(), utc.toLocalTime().toNanoOfDay() / NANOS_PER_MICRO, "+00");
    }

    @Override
    public int width() {
        return VARIABLE;
    }
}
