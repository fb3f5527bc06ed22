package dev.tributary.job.value;

import dev.tributary.job.json.JsonCursor;
import dev.tributary.job.json.UnreadableValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** A JSON string such as {@code "12.50"} as Decimal: the unscaled integer in 4, 8, 16 or 32 bytes. */
final class DecimalReader implements ValueReader {

    private static final int LONG_DIGITS = 18;

    private final int precision;
    private final int scale;
    private final int width;
    private final RoundingMode rounding;
    private final Placeholder placeholder;
    private final long[] powersOfTen = new long[LONG_DIGITS + 1];

    /** @param rounding what becomes of digits beyond the scale; {@link RoundingMode#UNNECESSARY}: they do not fit */
    DecimalReader(int precision, int scale, RoundingMode rounding, Placeholder placeholder) {
        this.rounding = rounding;
        this.precision = precision;
        this.scale = scale;
        this.width = precision <= 9 ? 4 : precision <= LONG_DIGITS ? 8 : precision <= 38 ? 16 : 32;
        this.placeholder = placeholder;
        powersOfTen[0] = 1;
        for (int i = 1; i < powersOfTen.length; i++) {
            powersOfTen[i] = 10 * powersOfTen[i - 1];
        }
    }

    @Override
    public void read(JsonCursor in, Bytes out) {
        in.readString();
        if (!readShort(in, out)) {
            readLong(in, out);
        }
    }

    /** Plain digits that fit a long; false for anything else. */
    private boolean readShort(JsonCursor in, Bytes out) {
        byte[] text = in.text();
        int at = in.textFrom();
        int to = in.textTo();
        boolean negative = at < to && text[at] == '-';
        if (negative) {
            at++;
        }
        if (at == to || to - at > LONG_DIGITS) {
            return false;
        }
        long digits = 0;
        int point = to - 1;
        for (int start = at; at < to; at++) {
            int digit = text[at] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = digits * 10 + digit;
            } else if (text[at] == '.' && point == to - 1 && at > start && at < to - 1) {
                point = at;
            } else {
                return false;
            }
        }
        int missing = scale - (to - 1 - point);
        if (missing < 0 || missing > LONG_DIGITS || digits >= powersOfTen[LONG_DIGITS - missing]) {
            return false;
        }
        long unscaled = digits * powersOfTen[missing];
        if (precision < LONG_DIGITS && unscaled >= powersOfTen[precision]) {
            throw tooLarge();
        }
        put(negative ? -unscaled : unscaled, out);
        return true;
    }

    private void put(long unscaled, Bytes out) {
        if (width == 4) {
            out.putInt((int) unscaled);
            return;
        }
        out.putLong(unscaled);
        for (int filled = Long.BYTES; filled < width; filled += Long.BYTES) {
            out.putLong(unscaled >> 63);
        }
    }

    private void readLong(JsonCursor in, Bytes out) {
        String text = in.textAsString();
        BigDecimal value;
        try {
            value = new BigDecimal(text);
        } catch (NumberFormatException e) {
            placeholder.refuseString(in);
            throw switch (text) {
                case "NAN", "NaN", "POSITIVE_INFINITY", "NEGATIVE_INFINITY", "Infinity", "-Infinity" ->
                    UnreadableValue.outOfRange("is NaN or infinite, which a Decimal cannot be");
                default -> UnreadableValue.malformed("is no decimal number");
            };
        }
        // A hostile exponent must not make setScale build a number of a billion digits.
        if (value.signum() != 0 && (long) value.precision() - value.scale() > precision - scale) {
            throw tooLarge();
        }
        put(scaled(value).unscaledValue(), out);
    }

    private BigDecimal scaled(BigDecimal value) {
        if (value.scale() > NumericTextReader.MOST_DIGITS) {
            throw UnreadableValue.malformed("is no number that PostgreSQL has");
        }
        BigDecimal scaled;
        try {
            scaled = value.setScale(scale, rounding);
        } catch (ArithmeticException e) {
            throw UnreadableValue.outOfRange("has more than " + scale + " digits after the point");
        }
        if (scaled.precision() > precision) {
            // Rounded up to a digit more.
            throw tooLarge();
        }
        return scaled;
    }

    private void put(BigInteger unscaled, Bytes out) {
        byte[] bigEndian = unscaled.toByteArray();
        for (int i = bigEndian.length - 1; i >= 0; i--) {
            out.putByte(bigEndian[i]);
        }
        out.fill(unscaled.signum() < 0 ? 0xFF : 0, width - bigEndian.length);
    }

    private UnreadableValue tooLarge() {
        return UnreadableValue.outOfRange("has more than " + (precision - scale) + " digits before the point");
    }

    @Override
    public int width() {
        return width;
    }
}
