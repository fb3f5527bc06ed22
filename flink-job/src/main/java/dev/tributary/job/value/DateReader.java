package dev.tributary.job.value;

import dev.tributary.job.json.JsonCursor;

/** A JSON number, days since 1970, as Date32. */
record DateReader(Calendar calendar) implements ValueReader {

    @Override
    public void read(JsonCursor in, Bytes out) {
        long day = in.readLong();
        if (PostgresCalendar.isInfinite(day)) {
            day = PostgresCalendar.isMinusInfinite(day) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        out.putInt(calendar.day(day));
    }

    @Override
    public int width() {
        return Integer.BYTES;
    }
}
