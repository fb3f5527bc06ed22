package dev.tributary.operator.clickhouse;

/**
 * A name of a ClickHouse object. It is the only way by which text of a user becomes part of a statement.
 *
 * @param value the name itself; any text but the empty one
 */
public record Identifier(String value) {
    public Identifier {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a name cannot be empty");
        }
    }

    /** The name in backticks, as a statement takes it, and as ClickHouse itself writes it where it quotes. */
    public String quoted() {
        StringBuilder quoted = new StringBuilder("`");
        for (char c : value.toCharArray()) {
            switch (c) {
                case '\\', '`' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '\b' -> quoted.append("\\b");
                case '\f' -> quoted.append("\\f");
                default -> quoted.append(c);
            }
        }
        return quoted.append('`').toString();
    }

    @Override
    public String toString() {
        return value;
    }
}
