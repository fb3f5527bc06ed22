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

    /** The name in backticks, as a statement takes it. */
    public String quoted() {
        return "`" + value.replace("\\", "\\\\").replace("`", "\\`") + "`";
    }

    @Override
    public String toString() {
        return value;
    }
}
