package dev.tributary.job.value;

import dev.tributary.job.json.JsonCursor;
import dev.tributary.job.json.UnreadableValue;
import java.nio.charset.StandardCharsets;

/** A JSON number, or the string NaN, Infinity or -Infinity, as Float64. */
record Float64Reader() implements ValueReader {

    private static final double[] POWERS_OF_TEN = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18
    };

    @Override
    public void read(JsonCursor in, Bytes out) {
        out.putLong(Double.doubleToLongBits(value(in)));
    }

    /** Takes the value. */
    static double value(JsonCursor in) {
        if (in.peek() == '"') {
            return special(in);
        }
        in.readNumberText();
        double value = parse(in.text(), in.textFrom(), in.textTo());
        if (Double.isInfinite(value)) {
            throw UnreadableValue.outOfRange("is too large for a Float64");
        }
        return value;
    }

    /** A number of up to 15 digits without exponent is one exact division; the rest is the library's. */
    private static double parse(byte[] text, int from, int to) {
        boolean negative = text[from] == '-';
        int point = -1;
        long digits = 0;
        int first = negative ? from + 1 : from;
        if (to - first <= 16 && first < to) {
            int at = first;
            for (; at < to; at++) {
                int digit = text[at] - '0';
                if (digit >= 0 && digit <= 9) {
                    digits = digits * 10 + digit;
                } else if (text[at] == '.' && point < 0 && at > first) {
                    point = at;
                } else {
                    break;
                }
            }
            if (at == to && digits < 1L << 53) {
                double value = point < 0 ? digits : digits / POWERS_OF_TEN[to - point - 1];
                return negative ? -value : value;
            }
        }
        try {
            return Double.parseDouble(new String(text, from, to - from, StandardCharsets.ISO_8859_1));
        } catch (NumberFormatException e) {
            throw UnreadableValue.malformed("is no number");
        }
    }

    /** Takes the string form of what JSON has no number for. */
    static double special(JsonCursor in) {
        in.readString();
        return switch (in.textAsString()) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw UnreadableValue.malformed("is no number");
        };
    }

    @Override
    public int width() {
        return Double.BYTES;
    }
}
