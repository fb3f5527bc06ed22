package dev.tributary.job.json;

import dev.tributary.job.value.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A position in one JSON document in UTF-8. It checks what it reads, passes over what is skipped, and allocates nothing
 * per value. Reading past the end is an {@link ArrayIndexOutOfBoundsException}, which the caller takes as a malformed
 * record: a bounds check per byte would cost more than all else.
 */
public final class JsonCursor {

    private byte[] json = new byte[0];
    private int position;

    private final StringScanner strings = new StringScanner();

    /** A name as JSON: quoted, and escaped only where JSON demands it, as Connect's converter writes it. */
    public static byte[] quoted(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        Bytes out = new Bytes(utf8.length + 2);
        StringScanner.quote(utf8, 0, utf8.length, out);
        return Arrays.copyOf(out.array(), out.size());
    }

    /** Starts at the beginning of a document. */
    public void open(byte[] document) {
        json = document;
        position = 0;
    }

    public int position() {
        return position;
    }

    /** Goes to a position taken earlier from {@link #position()} in the same document. */
    public void seek(int earlier) {
        position = earlier;
    }

    /** The next byte that is no white space, left in place. */
    public byte peek() {
        byte c = json[position];
        return c > ' ' ? c : peekSlowly();
    }

    private byte peekSlowly() {
        byte c = json[position];
        while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            c = json[++position];
        }
        return c;
    }

    /** Takes the next byte that is no white space if it is this one. */
    public boolean take(char expected) {
        if (peek() == expected) {
            position++;
            return true;
        }
        return false;
    }

    /** Takes this byte, or the document is malformed. */
    public void expect(char expected) {
        if (!take(expected)) {
            throw UnreadableValue.malformed("has something else where JSON has '" + expected + "'");
        }
    }

    /** Takes {@code null} if that is what comes. */
    public boolean takeNull() {
        if (peek() != 'n') {
            return false;
        }
        literal("null");
        return true;
    }

    /** Takes true or false. */
    public boolean readBoolean() {
        switch (peek()) {
            case 't' -> {
                literal("true");
                return true;
            }
            case 'f' -> {
                literal("false");
                return false;
            }
            default -> throw UnreadableValue.malformed("is no boolean");
        }
    }

    private void literal(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (json[position + i] != text.charAt(i)) {
                throw UnreadableValue.malformed("is no JSON value");
            }
        }
        position += text.length();
    }

    /** Takes an integer. */
    public long readLong() {
        peek();
        byte[] bytes = json;
        int at = position;
        boolean negative = bytes[at] == '-';
        if (negative) {
            at++;
        }
        int first = at;
        long value = 0;
        int digit;
        while ((digit = bytes[at] - '0') >= 0 && digit <= 9) {
            // Counted down, so that the smallest long needs no special case.
            if (at - first >= 18 && value < (Long.MIN_VALUE + digit) / 10) {
                throw UnreadableValue.outOfRange("has more than 64 bits");
            }
            value = value * 10 - digit;
            at++;
        }
        if (at == first || bytes[at] == '.' || bytes[at] == 'e' || bytes[at] == 'E') {
            throw UnreadableValue.malformed("is no integer");
        }
        if (!negative && value == Long.MIN_VALUE) {
            throw UnreadableValue.outOfRange("has more than 64 bits");
        }
        position = at;
        return negative ? value : -value;
    }

    /** Takes a number as it is written, for {@link #text()}. */
    public void readNumberText() {
        peek();
        int from = position;
        int at = from;
        byte c = json[at];
        while ((c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E') {
            c = json[++at];
        }
        if (at == from) {
            throw UnreadableValue.malformed("is no number");
        }
        strings.slice(json, from, at);
        position = at;
    }

    /** Takes a string, for {@link #text()}, without its quotes and escapes. */
    public void readString() {
        if (peek() != '"') {
            throw UnreadableValue.malformed("is no string");
        }
        position = strings.read(json, position + 1);
    }

    /** The array that holds what was read last, from {@link #textFrom()} to {@link #textTo()}, until the next read. */
    public byte[] text() {
        return strings.array();
    }

    public int textFrom() {
        return strings.from();
    }

    public int textTo() {
        return strings.to();
    }

    /** What was read last. */
    public String textAsString() {
        return new String(text(), textFrom(), textTo() - textFrom(), StandardCharsets.UTF_8);
    }

    /** Whether what was read last is exactly these bytes. */
    public boolean textIs(byte[] expected) {
        return Arrays.equals(strings.array(), strings.from(), strings.to(), expected, 0, expected.length);
    }

    /**
     * Takes a member's name and its colon if the name is exactly this one.
     *
     * @param quoted the name as JSON, with quotes
     */
    public boolean takeName(byte[] quoted) {
        peek();
        if (!takeBytes(quoted, 0, quoted.length)) {
            return false;
        }
        expect(':');
        return true;
    }

    /** Takes these bytes, from one position of an array up to another, if they are what comes, white space included. */
    public boolean takeBytes(byte[] bytes, int from, int to) {
        int end = position + to - from;
        if (end > json.length || !Arrays.equals(json, position, end, bytes, from, to)) {
            return false;
        }
        position = end;
        return true;
    }

    /** Takes the digits that come at once; false when there is none. */
    public boolean takeDigits() {
        int at = position;
        while (json[at] >= '0' && json[at] <= '9') {
            at++;
        }
        boolean any = at > position;
        position = at;
        return any;
    }

    /** Takes the string that comes at once, and does not look into it; false when it is something else. */
    public boolean takeString() {
        if (json[position] != '"') {
            return false;
        }
        position = strings.end(json, position + 1) + 1;
        return true;
    }

    /** The bytes between two positions. */
    public byte[] copy(int from, int to) {
        return Arrays.copyOfRange(json, from, to);
    }

    /** Takes a member's name, for {@link #text()}, and its colon. */
    public void readName() {
        readString();
        expect(':');
    }

    /** Passes over one value of any kind. */
    public void skipValue() {
        peek();
        if (takeString()) {
            return;
        }
        int at = position;
        int depth = 0;
        while (true) {
            switch (json[at]) {
                case '"' -> at = strings.end(json, at + 1);
                case '{', '[' -> depth++;
                case '}', ']' -> {
                    if (depth == 0) {
                        position = at;
                        return;
                    }
                    depth--;
                    if (depth == 0) {
                        position = at + 1;
                        return;
                    }
                }
                case ',' -> {
                    if (depth == 0) {
                        position = at;
                        return;
                    }
                }
                default -> {}
            }
            at++;
        }
    }

    /** Nothing but white space may be left. */
    public void expectEnd() {
        for (int at = position; at < json.length; at++) {
            byte c = json[at];
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                throw UnreadableValue.malformed("goes on after its end");
            }
        }
    }
}
