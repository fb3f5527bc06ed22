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
 * @param owner the role that owns it
 * @param owned whether the user may do what the owner may
 * @param readable whether the user may read all of it
 * @param rowSecurity whether row security hides rows from the user
 * @param lookalike another table whose schema and name, joined by a dot, are the same text
 * @param columns its columns, in order
 * @param identities what deletes from it carry of the row, or, of a partitioned table, those from its partitions: each
 *     that differs from the others once; none as long as it has no partition
 * @param indexes its unique indexes, that of the primary key first
 */
record FoundTable(
        TableId id,
        long oid,
        String kind,
        boolean unlogged,
        boolean hasChildren,
        @Nullable TableId partitionOf,
        @Nullable TableId unfollowed,
        String owner,
        boolean owned,
        boolean readable,
        boolean rowSecurity,
        boolean lookalike,
        List<FoundColumn> columns,
        List<FoundIdentity> identities,
        List<FoundIndex> indexes) {

    /** The columns of its primary key, in order of the key; empty when there is none. */
    List<String> primaryKey() {
        return indexes.stream()
                .filter(FoundIndex::primary)
                .findFirst()
                .map(FoundIndex::columns)
                .orElse(List.of());
    }

    /** Whether the primary key is checked at commit only. */
    boolean primaryKeyDeferrable() {
        return indexes.stream().anyMatch(index -> index.primary() && index.deferrable());
    }

    FoundTable with(List<FoundColumn> itsColumns, List<FoundIdentity> itsIdentities, List<FoundIndex> itsIndexes) {
        return new FoundTable(
                id,
                oid,
                kind,
                unlogged,
                hasChildren,
                partitionOf,
                unfollowed,
                owner,
                owned,
                readable,
                rowSecurity,
                lookalike,
                itsColumns,
                itsIdentities,
                itsIndexes);
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

    /**
     * What the change stream has of a row that was deleted or given another key.
     *
     * @param table the table, or that of its partitions of which one, that has it
     * @param whole whether it is the whole row
     * @param columns else the columns of the row that are there. Without any PostgreSQL refuses to update and delete rows
     *     once the table is published
     */
    record FoundIdentity(TableId table, boolean whole, List<String> columns) {

        boolean carries(List<String> key) {
            return whole || columns.containsAll(key);
        }

        /** Whether rows can be updated and deleted at all once the table is published. */
        boolean isNothing() {
            return !whole && columns.isEmpty();
        }
    }

    /**
     * A unique index.
     *
     * @param name its name
     * @param columns the columns it keeps unique, in order; without its expressions
     * @param primary whether it is that of the primary key
     * @param deferrable whether it is checked at commit only
     * @param valid whether it covers all rows already
     * @param partial whether it leaves rows out
     * @param expressions whether it is about more than columns
     * @param parts what PostgreSQL's driver calls its parts
     */
    record FoundIndex(
            String name,
            List<String> columns,
            boolean primary,
            boolean deferrable,
            boolean valid,
            boolean partial,
            boolean expressions,
            List<String> parts) {

        /** Whether no two rows can have the same values in its columns, at any moment. */
        boolean keepsUnique() {
            return !deferrable && valid && !partial && !expressions;
        }
    }
}
