package dev.tributary.job.value;

import dev.tributary.job.json.JsonCursor;
import dev.tributary.job.json.UnreadableValue;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * A JSON string, ISO 8601 with an offset, as DateTime64(6, 'UTC'). Years that are not four digits (BC, after 9999) and
 * {@code infinity} are outside what ClickHouse can hold.
 */
record ZonedTimestampReader(Calendar calendar) implements ValueReader {

    private static final int DATE_LENGTH = "2026-01-01T".length();
    private static final int SHORTEST = "2026-01-01T00:00Z".length();

    @Override
    public void read(JsonCursor in, Bytes out) {
        in.readString();
        byte[] text = in.text();
        int from = in.textFrom();
        int to = in.textTo();
        if (isOutside(text, from, to)) {
            out.putLong(calendar.micros(text[from] == '-' ? Long.MIN_VALUE : Long.MAX_VALUE));
            return;
        }
        if (to - from < SHORTEST || text[from + 4] != '-' || text[from + 7] != '-' || text[from + 10] != 'T') {
            throw malformed();
        }
        long day = day(digits(text, from, 4), digits(text, from + 5, 2), digits(text, from + 8, 2));
        out.putLong(calendar.micros(day * Calendar.MICROS_PER_DAY + time(text, from + DATE_LENGTH, to)));
    }

    private static boolean isOutside(byte[] text, int from, int to) {
        if (from == to) {
            return false;
        }
        byte first = text[from];
        return first == '-'
                || first == '+'
                || new String(text, from, to - from, StandardCharsets.UTF_8).equals("infinity");
    }

    private static long day(int year, int month, int dayOfMonth) {
        try {
            return LocalDate.of(year, month, dayOfMonth).toEpochDay();
        } catch (DateTimeException e) {
            throw malformed();
        }
    }

    /** Microseconds since the day's beginning in UTC. */
    private static long time(byte[] text, int from, int to) {
        int hour = digits(text, from, 2);
        int minute = digits(text, from + 3, 2);
        int at = from + 5;
        int second = 0;
        long micros = 0;
        if (text[at] == ':') {
            second = digits(text, at + 1, 2);
            at += 3;
            if (at < to && text[at] == '.') {
                int fraction = at + 1;
                at = fraction;
                while (at < to && text[at] >= '0' && text[at] <= '9') {
                    at++;
                }
                micros = micros(text, fraction, at);
            }
        }
        if (hour > 23 || minute > 59 || second > 59 || text[from + 2] != ':' || at >= to) {
            throw malformed();
        }
        long seconds = hour * 3600L + minute * 60L + second - offset(text, at, to);
        return seconds * Calendar.MICROS_PER_SECOND + micros;
    }

    private static long micros(byte[] text, int from, int to) {
        if (from == to) {
            throw malformed();
        }
        long micros = 0;
        for (int i = 0; i < 6; i++) {
            micros = micros * 10 + (from + i < to ? text[from + i] - '0' : 0);
        }
        for (int at = from + 6; at < to; at++) {
            if (text[at] != '0') {
                throw UnreadableValue.outOfRange("is finer than a microsecond");
            }
        }
        return micros;
    }

    /** Seconds east of UTC: Z, or a sign, hours, minutes and perhaps seconds. */
    private static int offset(byte[] text, int from, int to) {
        if (text[from] == 'Z' && to - from == 1) {
            return 0;
        }
        int length = to - from;
        boolean known = (length == 6 || (length == 9 && text[from + 6] == ':')) && text[from + 3] == ':';
        if (!known || (text[from] != '+' && text[from] != '-')) {
            throw malformed();
        }
        int seconds = digits(text, from + 1, 2) * 3600 + digits(text, from + 4, 2) * 60;
        if (length == 9) {
            seconds += digits(text, from + 7, 2);
        }
        return text[from] == '-' ? -seconds : seconds;
    }

    private static int digits(byte[] text, int from, int count) {
        int value = 0;
        for (int at = from; at < from + count; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9) {
                throw malformed();
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static UnreadableValue malformed() {
        return UnreadableValue.malformed("is no timestamp with an offset");
    }

    @Override
    public int width() {
        return Long.BYTES;
    }
}
