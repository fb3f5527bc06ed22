package dev.tributary.operator.source.postgres;

import dev.tributary.operator.source.TableId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the catalog says of one table, or of a view or the like, that exists.
 *
 * @param id its name
 * @param oid its number
 * @param kind pg_class.relkind: r table, p partitioned table, v view, ...
 * @param unlogged whether its changes are kept out of the write-ahead log
 * @param hasChildren whether other tables inherit from it, partitions aside
 * @param partitionOf the partitioned table at the top of its tree, when it is a partition
 * @param unfollowed a partition whose changes are not in the write-ahead log: unlogged, or a foreign table
 * @param identity what deletes from it carry of the row, or, if that is less, those from one of its partitions
 * @param owner the role that owns it
 * @param owned whether the user may do what the owner may
 * @param readable whether the user may read all of it
 * @param rowSecurity whether row security hides rows from the user
 * @param lookalike another table whose schema and name, joined by a dot, are the same text
 * @param columns its columns, in order
 * @param key its primary key's columns, in order of the key; empty when there is none
 * @param keyDeferrable whether the primary key is checked at commit only
 */
record FoundTable(
        TableId id,
        long oid,
        String kind,
        boolean unlogged,
        boolean hasChildren,
        @Nullable TableId partitionOf,
        @Nullable TableId unfollowed,
        Identity identity,
        String owner,
        boolean owned,
        boolean readable,
        boolean rowSecurity,
        boolean lookalike,
        List<FoundColumn> columns,
        List<String> key,
        boolean keyDeferrable) {

    /** What the change stream has of a row that was deleted or given another key. */
    enum Identity {
        /** The primary key, or all. */
        KEY,
        /** Nothing: once the table is published, PostgreSQL refuses to update and delete its rows. */
        NOTHING,
        /** The columns of another index: changes arrive with a key that is made up. */
        OTHER_INDEX
    }

    FoundTable with(List<FoundColumn> itsColumns, List<String> itsKey, boolean itsKeyDeferrable) {
        return new FoundTable(
                id,
                oid,
                kind,
                unlogged,
                hasChildren,
                partitionOf,
                unfollowed,
                identity,
                owner,
                owned,
                readable,
                rowSecurity,
                lookalike,
                itsColumns,
                itsKey,
                itsKeyDeferrable);
    }

    /**
     * What the catalog says of one column.
     *
     * @param name its name
     * @param type its type
     * @param nullable whether it allows NULL
     * @param generated whether its values are computed from other columns
     * @param shadowed whether the table's schema has another type with the name of the column's
     */
    record FoundColumn(String name, TypeDescription type, boolean nullable, boolean generated, boolean shadowed) {}
}
