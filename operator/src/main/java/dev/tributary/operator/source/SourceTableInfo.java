package dev.tributary.operator.source;

import java.util.List;

/**
 * One table of the source.
 *
 * @param id its name
 * @param columns its columns in the order of the table
 * @param key the names of the key's columns, in the order of the key; empty when its rows have none
 * @param generated the names of columns that the database computes from others and does not write to its log: they are
 *     left out, and are none of {@code columns}
 */
public record SourceTableInfo(TableId id, List<SourceColumn> columns, List<String> key, List<String> generated) {
    public SourceTableInfo {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        generated = List.copyOf(generated);
    }
}
