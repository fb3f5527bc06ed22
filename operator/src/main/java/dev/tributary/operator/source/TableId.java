package dev.tributary.operator.source;

/**
 * A table of the source, spelled as the database spells it.
 *
 * @param schema the schema; any text
 * @param name the table; any text
 */
public record TableId(String schema, String name) {
    @Override
    public String toString() {
        return schema + "." + name;
    }
}
