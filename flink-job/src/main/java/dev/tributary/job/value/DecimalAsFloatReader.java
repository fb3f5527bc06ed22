package dev.tributary.job.value;

import dev.tributary.job.json.JsonCursor;
import dev.tributary.job.json.UnreadableValue;

/** A JSON string with a number as Debezium writes it, as the nearest Float64. */
record DecimalAsFloatReader(Placeholder placeholder) implements ValueReader {

    @Override
    public void read(JsonCursor in, Bytes out) {
        in.readString();
        placeholder.refuseString(in);
        out.putLong(Double.doubleToLongBits(value(in.textAsString())));
    }

    private static double value(String text) {
        return switch (text) {
            case "NAN", "NaN" -> Double.NaN;
            case "POSITIVE_INFINITY", "Infinity" -> Double.POSITIVE_INFINITY;
            case "NEGATIVE_INFINITY", "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> finite(text);
        };
    }

    private static double finite(String text) {
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw UnreadableValue.malformed("is no decimal number");
        }
        if (Double.isInfinite(value)) {
            throw UnreadableValue.outOfRange("is too large for a Float64");
        }
        return value;
    }

    @Override
    public int width() {
        return Double.BYTES;
    }
}
