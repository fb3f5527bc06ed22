package dev.tributary.job.json;

import dev.tributary.job.value.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The last string read: a slice of the document, or of a buffer of its own where it had escapes. */
final class StringScanner {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long QUOTES = 0x2222222222222222L;
    private static final long BACKSLASHES = 0x5C5C5C5C5C5C5C5CL;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final Bytes unescaped = new Bytes(256);
    private byte[] array = new byte[0];
    private int from;
    private int to;
    private boolean escapes;

    byte[] array() {
        return array;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    void slice(byte[] json, int start, int end) {
        array = json;
        from = start;
        to = end;
    }

    /** Reads the string whose first byte after the quote is at {@code start}; returns the position after it. */
    int read(byte[] json, int start) {
        int end = end(json, start);
        if (escapes) {
            unescape(json, start, end);
        } else {
            slice(json, start, end);
        }
        return end + 1;
    }

    /** The position of the closing quote, eight bytes at a time. */
    int end(byte[] json, int start) {
        escapes = false;
        int at = start;
        int lastWord = json.length - Long.BYTES;
        while (at <= lastWord) {
            long word = (long) LONG.get(json, at);
            long found = zeroBytes(word ^ QUOTES) | zeroBytes(word ^ BACKSLASHES);
            if (found == 0) {
                at += Long.BYTES;
                continue;
            }
            at += Long.numberOfTrailingZeros(found) >>> 3;
            if (json[at] == '"') {
                return at;
            }
            escapes = true;
            at += 2;
        }
        while (json[at] != '"') {
            if (json[at] == '\\') {
                escapes = true;
                at++;
            }
            at++;
        }
        return at;
    }

    /** A word whose lowest set bit is in the first byte that is zero; later bits may be wrong. */
    private static long zeroBytes(long word) {
        return (word - 0x0101010101010101L) & ~word & 0x8080808080808080L;
    }

    private void unescape(byte[] json, int start, int end) {
        unescaped.clear();
        int at = start;
        while (at < end) {
            byte c = json[at++];
            if (c != '\\') {
                unescaped.putByte(c);
                continue;
            }
            c = json[at++];
            switch (c) {
                case '"', '\\', '/' -> unescaped.putByte(c);
                case 'b' -> unescaped.putByte('\b');
                case 'f' -> unescaped.putByte('\f');
                case 'n' -> unescaped.putByte('\n');
                case 'r' -> unescaped.putByte('\r');
                case 't' -> unescaped.putByte('\t');
                case 'u' -> at = unicode(json, at);
                default -> throw UnreadableValue.malformed("has an escape that JSON does not know");
            }
        }
        slice(unescaped.array(), 0, unescaped.size());
    }

    /** Appends the character whose four hex digits are at {@code at}, with its second half if it has one. */
    private int unicode(byte[] json, int at) {
        int code = hex4(json, at);
        int next = at + 4;
        if (code >= 0xD800 && code <= 0xDFFF) {
            int low = code < 0xDC00 && json[next] == '\\' && json[next + 1] == 'u' ? hex4(json, next + 2) : 0;
            if (low < 0xDC00 || low > 0xDFFF) {
                throw UnreadableValue.malformed("has half a surrogate pair, which is no character");
            }
            code = Character.toCodePoint((char) code, (char) low);
            next += 6;
        }
        if (code < 0x80) {
            unescaped.putByte(code);
        } else if (code < 0x800) {
            unescaped.putByte(0xC0 | code >> 6);
            unescaped.putByte(0x80 | code & 0x3F);
        } else if (code < 0x10000) {
            unescaped.putByte(0xE0 | code >> 12);
            unescaped.putByte(0x80 | code >> 6 & 0x3F);
            unescaped.putByte(0x80 | code & 0x3F);
        } else {
            unescaped.putByte(0xF0 | code >> 18);
            unescaped.putByte(0x80 | code >> 12 & 0x3F);
            unescaped.putByte(0x80 | code >> 6 & 0x3F);
            unescaped.putByte(0x80 | code & 0x3F);
        }
        return next;
    }

    private static int hex4(byte[] json, int at) {
        int code = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(json[i], 16);
            if (digit < 0) {
                throw UnreadableValue.malformed("has an escape that JSON does not know");
            }
            code = code << 4 | digit;
        }
        return code;
    }

    /** Appends a string as JSON, escaping what must be. */
    static void quote(byte[] text, int from, int to, Bytes out) {
        out.putByte('"');
        for (int at = from; at < to; at++) {
            byte c = text[at];
            if (c == '"' || c == '\\') {
                out.putByte('\\');
                out.putByte(c);
            } else if (c >= 0 && c < ' ') {
                quoteControl(c, out);
            } else {
                out.putByte(c);
            }
        }
        out.putByte('"');
    }

    private static void quoteControl(byte c, Bytes out) {
        out.putByte('\\');
        int shortForm = "\b\t\n\f\r".indexOf(c);
        if (shortForm >= 0) {
            out.putByte("btnfr".charAt(shortForm));
            return;
        }
        out.putByte('u');
        out.putByte('0');
        out.putByte('0');
        out.putByte(HEX[c >> 4]);
        out.putByte(HEX[c & 0xF]);
    }
}
