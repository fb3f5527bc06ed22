package dev.tributary.job.value;

import dev.tributary.job.json.JsonCursor;
import dev.tributary.job.json.UnreadableValue;
import java.math.BigDecimal;

/** A JSON string with a number as Debezium writes it, as text the way PostgreSQL does: no exponent, and its own NaN. */
record NumericTextReader(Placeholder placeholder) implements ValueReader {

    /** PostgreSQL has up to 131072 digits before the point and 16383 after it. */
    static final int MOST_DIGITS = 131_072;

    @Override
    public void read(JsonCursor in, Bytes out) {
        in.readString();
        placeholder.refuseString(in);
        if (isPlain(in)) {
            out.putVarint(in.textTo() - in.textFrom());
            out.put(in.text(), in.textFrom(), in.textTo());
            return;
        }
        out.putText(plain(in.textAsString()));
    }

    /** Digits with perhaps a sign and a point. */
    private static boolean isPlain(JsonCursor in) {
        byte[] text = in.text();
        int from = in.textFrom();
        int to = in.textTo();
        if (from < to && text[from] == '-') {
            from++;
        }
        boolean digit = false;
        boolean point = false;
        for (int at = from; at < to; at++) {
            if (text[at] >= '0' && text[at] <= '9') {
                digit = true;
            } else if (text[at] == '.' && !point && digit && at < to - 1) {
                point = true;
            } else {
                return false;
            }
        }
        return digit;
    }

    private static String plain(String text) {
        return switch (text) {
            case "NAN", "NaN" -> "NaN";
            case "POSITIVE_INFINITY", "Infinity" -> "Infinity";
            case "NEGATIVE_INFINITY", "-Infinity" -> "-Infinity";
            default -> decimal(text);
        };
    }

    private static String decimal(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            if (Math.abs((long) number.scale()) > MOST_DIGITS) {
                throw UnreadableValue.malformed("is no number that PostgreSQL has");
            }
            return number.toPlainString();
        } catch (NumberFormatException e) {
            throw UnreadableValue.malformed("is no decimal number");
        }
    }

    @Override
    public int width() {
        return VARIABLE;
    }
}
