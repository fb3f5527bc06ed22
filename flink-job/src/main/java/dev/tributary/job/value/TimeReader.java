package dev.tributary.job.value;

import dev.tributary.job.json.JsonCursor;
import dev.tributary.job.json.UnreadableValue;

/** A JSON number, microseconds since midnight, as text the way PostgreSQL writes it; the day ends with 24:00:00. */
record TimeReader() implements ValueReader {

    @Override
    public void read(JsonCursor in, Bytes out) {
        long micros = in.readLong();
        if (micros < 0 || micros > Calendar.MICROS_PER_DAY) {
            throw UnreadableValue.malformed("is no time of day");
        }
        out.putText(PostgresCalendar.time(micros));
    }

    @Override
    public int width() {
        return VARIABLE;
    }
}
