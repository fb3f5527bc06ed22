package dev.tributary.connect;

import org.apache.kafka.connect.errors.ConnectException;

/**
 * An array as PostgreSQL writes it, such as <code>{1,NULL,"a b"}</code>, as JSON. Debezium makes nulls of the inner arrays of an
 * array of arrays, without a word; this makes arrays of them. Where an array's bounds are given they are left out.
 */
final class ArrayLiteral {

    /** What a JSON value is made of an element. */
    enum Elements {
        /** A number as it stands; NaN and the infinities are strings. */
        NUMBERS,
        /** t and f. */
        BOOLEANS,
        /** Anything else. */
        STRINGS
    }

    private final String literal;
    private final Elements elements;
    private final StringBuilder json = new StringBuilder();
    private int at;

    private ArrayLiteral(String literal, Elements elements) {
        this.literal = literal;
        this.elements = elements;
    }

    /**
     * The array as compact JSON.
     *
     * @throws ConnectException when it is no array's text
     */
    static String json(String literal, Elements elements) {
        try {
            return new ArrayLiteral(literal, elements).read();
        } catch (StringIndexOutOfBoundsException e) {
            throw malformed();
        }
    }

    private String read() {
        at = literal.charAt(0) == '[' ? literal.indexOf('=') + 1 : 0;
        array();
        if (at != literal.length()) {
            throw malformed();
        }
        return json.toString();
    }

    private void array() {
        expect('{');
        json.append('[');
        if (literal.charAt(at) != '}') {
            element();
            while (literal.charAt(at) == ',') {
                at++;
                json.append(',');
                element();
            }
        }
        expect('}');
        json.append(']');
    }

    private void element() {
        switch (literal.charAt(at)) {
            case '{' -> array();
            case '"' -> value(quoted());
            default -> unquoted();
        }
    }

    private String quoted() {
        StringBuilder text = new StringBuilder();
        at++;
        while (literal.charAt(at) != '"') {
            if (literal.charAt(at) == '\\') {
                at++;
            }
            text.append(literal.charAt(at++));
        }
        at++;
        return text.toString();
    }

    private void unquoted() {
        int from = at;
        while (literal.charAt(at) != ',' && literal.charAt(at) != '}') {
            at++;
        }
        String text = literal.substring(from, at);
        if (text.isEmpty()) {
            throw malformed();
        }
        if (text.equals("NULL")) {
            json.append("null");
        } else {
            value(text);
        }
    }

    private void value(String text) {
        switch (elements) {
            case BOOLEANS -> json.append(text.equals("t"));
            case NUMBERS -> {
                if (Character.isLetter(text.charAt(text.length() - 1))) {
                    string(text);
                } else {
                    json.append(text);
                }
            }
            case STRINGS -> string(text);
        }
    }

    private void string(String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    private void expect(char expected) {
        if (literal.charAt(at) != expected) {
            throw malformed();
        }
        at++;
    }

    private static ConnectException malformed() {
        return new ConnectException("a value is no array as PostgreSQL writes it");
    }
}
