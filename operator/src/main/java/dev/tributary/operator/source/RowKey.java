package dev.tributary.operator.source;

import java.util.List;

/** What tells the rows of a table apart. */
public sealed interface RowKey {

    /** The table's primary key. */
    record Primary() implements RowKey {}

    /**
     * Columns that the user names, with a unique index over them.
     *
     * @param columns their names, in the order of the key; none twice
     */
    record Declared(List<String> columns) implements RowKey {
        public Declared {
            columns = List.copyOf(columns);
        }
    }

    /** Nothing: rows only ever come, and are known by where their records stand in Kafka. */
    record AppendOnly() implements RowKey {}
}
