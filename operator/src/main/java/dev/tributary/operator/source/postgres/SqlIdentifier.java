package dev.tributary.operator.source.postgres;

import dev.tributary.operator.source.TableId;
import java.util.List;
import java.util.stream.Collectors;

/** A name of a PostgreSQL object. It is the only way by which text of a user becomes part of a statement. */
record SqlIdentifier(String value) {

    /** A table as a statement takes it. */
    static String quoted(TableId table) {
        return new SqlIdentifier(table.schema()).quoted() + "." + new SqlIdentifier(table.name()).quoted();
    }

    /** Tables as a statement takes them. */
    static String quoted(List<TableId> tables) {
        return tables.stream().map(SqlIdentifier::quoted).collect(Collectors.joining(", "));
    }

    /** The name in double quotes, as a statement takes it. */
    String quoted() {
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("PostgreSQL has no names with a zero character");
        }
        return '"' + value.replace("\"", "\"\"") + '"';
    }
}
