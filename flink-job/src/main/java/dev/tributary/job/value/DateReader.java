package dev.tributary.job.value;

import dev.tributary.job.json.JsonCursor;

/** A JSON number, days since 1970, as Date32. */
record DateReader(boolean clamp) implements ValueReader {

    /** 4714-11-24 BC, PostgreSQL's first. */
    private static final long FIRST = -2_440_588;

    /** What Debezium 3.6 makes of -infinity in the log. */
    private static final long MINUS_INFINITY_OF_LOG = -2_147_472_691;

    /** And in a snapshot; a day more or less is the worker's time zone. */
    private static final long MINUS_INFINITY_OF_SNAPSHOT = -625_821_272;

    @Override
    public void read(JsonCursor in, Bytes out) {
        long day = in.readLong();
        if (day < FIRST) {
            // Debezium cuts the driver's instants for the infinities to 32 bits; both then lie before the first day.
            day = isMinusInfinity(day) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        out.putInt(Calendar.day(day, clamp));
    }

    private static boolean isMinusInfinity(long day) {
        return day == MINUS_INFINITY_OF_LOG || Math.abs(day - MINUS_INFINITY_OF_SNAPSHOT) <= 1;
    }

    @Override
    public int width() {
        return Integer.BYTES;
    }
}
