package dev.tributary.job.value;

import dev.tributary.job.json.JsonCursor;
import dev.tributary.job.json.UnreadableValue;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * A JSON string that holds a jsonb value, as ClickHouse's JSON: the same text, for ClickHouse to take apart. What it would
 * refuse is refused here, where table and position are known. The text is PostgreSQL's own, and so it is JSON.
 */
record JsonObjectReader(Placeholder placeholder) implements ValueReader {

    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.US_ASCII);

    /** ClickHouse's parsers, of JSON and of the types it makes of arrays, go as deep as 1000. */
    private static final int MOST_DEPTH = 500;

    private static final int LONG_DIGITS = 18;
    private static final BigInteger LEAST_INTEGER = BigInteger.ONE.shiftLeft(63).negate();
    private static final BigInteger GREATEST_INTEGER =
            BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    @Override
    public void read(JsonCursor in, Bytes out) {
        in.readString();
        placeholder.refuseString(in);
        check(in.text(), in.textFrom(), in.textTo());
        out.putVarint(in.textTo() - in.textFrom());
        out.put(in.text(), in.textFrom(), in.textTo());
    }

    private static void check(byte[] text, int from, int to) {
        if (from == to || text[from] != '{') {
            throw UnreadableValue.outOfRange("is no object, as each value of ClickHouse's JSON is");
        }
        int depth = 0;
        int at = from;
        while (at < to) {
            byte c = text[at];
            if (c == '"') {
                at = afterString(text, at + 1, to);
            } else if (c == '-' || isDigit(c)) {
                int end = afterNumber(text, at, to);
                checkNumber(new String(text, at, end - at, StandardCharsets.US_ASCII));
                at = end;
            } else {
                depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
                if (depth > MOST_DEPTH) {
                    throw UnreadableValue.outOfRange("has objects or arrays in each other, more than " + MOST_DEPTH);
                }
                at++;
            }
        }
    }

    private static int afterString(byte[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] != '"') {
            at += text[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private static int afterNumber(byte[] text, int from, int to) {
        int at = from;
        while (at < to && (isDigit(text[at]) || "+-.eE".indexOf(text[at]) >= 0)) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    private static void checkNumber(String number) {
        if (number.length() <= LONG_DIGITS) {
            return;
        }
        try {
            if (number.matches("-?[0-9]+")) {
                BigInteger integer = new BigInteger(number);
                if (integer.compareTo(LEAST_INTEGER) < 0 || integer.compareTo(GREATEST_INTEGER) > 0) {
                    throw UnreadableValue.outOfRange("has a whole number of more than 64 bits");
                }
            } else if (Double.isInfinite(Double.parseDouble(number))) {
                throw UnreadableValue.outOfRange("has a number that is too large for a Float64");
            }
        } catch (NumberFormatException e) {
            throw UnreadableValue.malformed("is no JSON");
        }
    }

    @Override
    public int width() {
        return VARIABLE;
    }

    @Override
    public void putDefault(Bytes out) {
        out.putVarint(EMPTY.length);
        out.put(EMPTY, 0, EMPTY.length);
    }
}
