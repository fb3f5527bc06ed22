package dev.tributary.operator.source;

import dev.tributary.jobspec.ColumnType;

/** Whether the values of a column can be carried, and how. */
public sealed interface ColumnMapping {

    /**
     * The values arrive exactly.
     *
     * @param type how they travel and how they are stored
     */
    record Carried(ColumnType type) implements ColumnMapping {}

    /**
     * The values cannot be carried, and so the table is refused.
     *
     * @param reason why, as the end of the sentence "column c of type t ..."
     */
    record Unsupported(String reason) implements ColumnMapping {}
}
