package dev.tributary.job.value;

import dev.tributary.job.json.JsonCursor;
import dev.tributary.job.json.UnreadableValue;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A JSON number, microseconds since midnight, as text the way PostgreSQL writes it; the day ends with 24:00:00. */
record TimeReader() implements ValueReader {

    private static final long MICROS_PER_DAY = Calendar.SECONDS_PER_DAY * Calendar.MICROS_PER_SECOND;

    @Override
    public void read(JsonCursor in, Bytes out) {
        long micros = in.readLong();
        if (micros < 0 || micros > MICROS_PER_DAY) {
            throw UnreadableValue.malformed("is no time of day");
        }
        byte[] text = text(micros).getBytes(StandardCharsets.US_ASCII);
        out.putVarint(text.length);
        out.put(text, 0, text.length);
    }

    private static String text(long micros) {
        long seconds = micros / Calendar.MICROS_PER_SECOND;
        long fraction = micros % Calendar.MICROS_PER_SECOND;
        String whole = String.format(Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
        return fraction == 0
                ? whole
                : whole + String.format(Locale.ROOT, ".%06d", fraction).replaceAll("0+$", "");
    }

    @Override
    public int width() {
        return VARIABLE;
    }
}
