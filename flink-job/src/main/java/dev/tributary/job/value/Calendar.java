package dev.tributary.job.value;

import dev.tributary.job.json.UnreadableValue;
import java.time.LocalDate;

/**
 * The days and instants that ClickHouse documents for Date32 and DateTime64: 1900-01-01 to 2299-12-31, UTC.
 *
 * @param clamp whether the nearest stands for any other
 * @param replacements told of those
 */
record Calendar(boolean clamp, Replacements replacements) {

    static final long MICROS_PER_SECOND = 1_000_000;
    static final long SECONDS_PER_DAY = 86_400;
    static final long MICROS_PER_DAY = SECONDS_PER_DAY * MICROS_PER_SECOND;

    private static final long FIRST_DAY = LocalDate.of(1900, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(2299, 12, 31).toEpochDay();
    private static final long FIRST_MICRO = FIRST_DAY * MICROS_PER_DAY;
    private static final long LAST_MICRO = (LAST_DAY + 1) * MICROS_PER_DAY - 1;

    /** The same day, if a Date32 can be that day; else the nearest that it can be, or none. */
    int day(long epochDay) {
        return (int) within(epochDay, FIRST_DAY, LAST_DAY);
    }

    /** The same instant, if a DateTime64 can be that instant; else the nearest that it can be, or none. */
    long micros(long epochMicros) {
        return within(epochMicros, FIRST_MICRO, LAST_MICRO);
    }

    private long within(long value, long first, long last) {
        if (value >= first && value <= last) {
            return value;
        }
        if (!clamp) {
            throw UnreadableValue.outOfRange("is infinite or outside 1900-01-01 to 2299-12-31");
        }
        replacements.clamp();
        return value < first ? first : last;
    }
}
