package dev.tributary.job.value;

import dev.tributary.job.json.UnreadableValue;
import java.time.LocalDate;

/** The days and instants that ClickHouse documents for Date32 and DateTime64: 1900-01-01 to 2299-12-31, UTC. */
final class Calendar {

    static final long MICROS_PER_SECOND = 1_000_000;
    static final long SECONDS_PER_DAY = 86_400;

    private static final long FIRST_DAY = LocalDate.of(1900, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(2299, 12, 31).toEpochDay();
    private static final long FIRST_MICRO = FIRST_DAY * SECONDS_PER_DAY * MICROS_PER_SECOND;
    private static final long LAST_MICRO = (LAST_DAY + 1) * SECONDS_PER_DAY * MICROS_PER_SECOND - 1;

    private Calendar() {}

    /** The same day, if a Date32 can be that day. */
    static int checkDay(long epochDay) {
        if (epochDay < FIRST_DAY || epochDay > LAST_DAY) {
            throw outside();
        }
        return (int) epochDay;
    }

    /** The same instant, if a DateTime64 can be that instant. */
    static long checkMicros(long epochMicros) {
        if (epochMicros < FIRST_MICRO || epochMicros > LAST_MICRO) {
            throw outside();
        }
        return epochMicros;
    }

    static UnreadableValue outside() {
        return UnreadableValue.outOfRange("is infinite or outside 1900-01-01 to 2299-12-31");
    }
}
