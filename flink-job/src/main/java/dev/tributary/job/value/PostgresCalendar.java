package dev.tributary.job.value;

import dev.tributary.job.json.UnreadableValue;
import java.time.LocalDate;
import java.util.Locale;

/** Days and instants as PostgreSQL has them, in the numbers that Debezium makes of them, and in its own text. */
final class PostgresCalendar {

    static final String INFINITY = "infinity";
    static final String MINUS_INFINITY = "-infinity";

    /** 4714-11-24 BC. */
    private static final long FIRST_DAY = -2_440_588;

    private static final long FIRST_MICRO = FIRST_DAY * Calendar.MICROS_PER_DAY;

    /** What Debezium 3.6 makes of infinity; a real instant may be later, in the year 294247. */
    private static final long INFINITE_MICROS = 9_223_372_036_825_200_000L;

    private static final long MINUS_INFINITE_MICROS = -9_223_372_036_832_400_000L;

    /** What Debezium 3.6 makes of -infinity in the log. */
    private static final long MINUS_INFINITE_DAY = -2_147_472_691;

    /** And in a snapshot, without our converter for dates; a day more or less is the worker's time zone. */
    private static final long MINUS_INFINITE_DAY_OF_SNAPSHOT = -625_821_272;

    private PostgresCalendar() {}

    /** Whether a day is none: Debezium cuts the driver's infinities to 32 bits, and both then lie before the first day. */
    static boolean isInfinite(long epochDay) {
        return epochDay < FIRST_DAY;
    }

    /** Whether a day that is none is -infinity. */
    static boolean isMinusInfinite(long epochDay) {
        return epochDay == MINUS_INFINITE_DAY || Math.abs(epochDay - MINUS_INFINITE_DAY_OF_SNAPSHOT) <= 1;
    }

    /** A day as text. */
    static String date(long epochDay) {
        if (isInfinite(epochDay)) {
            return isMinusInfinite(epochDay) ? MINUS_INFINITY : INFINITY;
        }
        LocalDate day = LocalDate.ofEpochDay(epochDay);
        return day(day) + era(day);
    }

    /** An instant without a zone as text. */
    static String timestamp(long epochMicros) {
        if (epochMicros == INFINITE_MICROS) {
            return INFINITY;
        }
        if (epochMicros == MINUS_INFINITE_MICROS) {
            return MINUS_INFINITY;
        }
        if (epochMicros < FIRST_MICRO || epochMicros > INFINITE_MICROS) {
            throw UnreadableValue.outOfRange("is after the year 294246, which Debezium bends");
        }
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(epochMicros, Calendar.MICROS_PER_DAY));
        return timestamp(day, Math.floorMod(epochMicros, Calendar.MICROS_PER_DAY), "");
    }

    /** @param zone what PostgreSQL writes between time and era */
    static String timestamp(LocalDate day, long microsOfDay, String zone) {
        return day(day) + " " + time(microsOfDay) + zone + era(day);
    }

    /** A time of day as text; the day ends with 24:00:00. */
    static String time(long microsOfDay) {
        long seconds = microsOfDay / Calendar.MICROS_PER_SECOND;
        long fraction = microsOfDay % Calendar.MICROS_PER_SECOND;
        String whole = String.format(Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
        return fraction == 0
                ? whole
                : whole + String.format(Locale.ROOT, ".%06d", fraction).replaceAll("0+$", "");
    }

    private static String day(LocalDate day) {
        // The year before 1 is 1 BC.
        int year = day.getYear() > 0 ? day.getYear() : 1 - day.getYear();
        return String.format(Locale.ROOT, "%04d-%02d-%02d", year, day.getMonthValue(), day.getDayOfMonth());
    }

    private static String era(LocalDate day) {
        return day.getYear() > 0 ? "" : " BC";
    }
}
