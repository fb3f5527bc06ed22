package dev.tributary.operator.source;

import dev.tributary.jobspec.ColumnType;
import dev.tributary.jobspec.ConvertedType;
import java.util.Optional;

/** How the values of a column can be carried. */
public sealed interface ColumnMapping {

    /** How they travel and, unless the user wants it otherwise, how they are stored. */
    ColumnType type();

    /**
     * The values arrive exactly.
     *
     * @param other how they can be stored besides, at a loss, that {@code type} does not tell
     */
    record Carried(ColumnType type, Optional<ConvertedType> other) implements ColumnMapping {

        /** Values that {@code type} tells all of. */
        public Carried(ColumnType type) {
            this(type, Optional.empty());
        }
    }

    /**
     * The values cannot be carried exactly, and so the table is refused unless the user accepts what they become.
     *
     * @param reason why, as the end of the sentence "column c of type t ..."
     * @param becomes what arrives instead, as the end of the sentence "... to have ..."
     */
    record Lossy(ColumnType type, String reason, String becomes) implements ColumnMapping {}
}
