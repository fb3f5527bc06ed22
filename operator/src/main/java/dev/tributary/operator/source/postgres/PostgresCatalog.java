package dev.tributary.operator.source.postgres;

import dev.tributary.jobspec.AddedColumn;
import dev.tributary.operator.source.ColumnMapping;
import dev.tributary.operator.source.Finding;
import dev.tributary.operator.source.Reason;
import dev.tributary.operator.source.SourceColumn;
import dev.tributary.operator.source.SourceTableInfo;
import dev.tributary.operator.source.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the listed tables from PostgreSQL's catalog, and says what keeps one from being captured. */
final class PostgresCatalog {

    private static final String TABLE = """
            SELECT c.oid, c.relkind::text, c.relreplident::text, has_table_privilege(c.oid, 'SELECT'),
                   row_security_active(c.oid)
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ?
            """;

    private static final String COLUMNS = """
            SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), t.typname, a.atttypmod, a.attnotnull,
                   a.attgenerated <> ''
            FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum
            """;

    private static final String KEY = """
            SELECT a.attname, i.indimmediate
            FROM pg_catalog.pg_index i
            CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(attnum, position)
            JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
            WHERE i.indisprimary AND i.indrelid = ?
            ORDER BY k.position
            """;

    private final Connection connection;
    private final String user;
    private final List<Finding> findings = new ArrayList<>();

    PostgresCatalog(Connection connection, String user) {
        this.connection = connection;
        this.user = user;
    }

    private record Relation(long oid, String kind, String replicaIdentity, boolean readable, boolean filtered) {}

    /** What was found wrong, table by table. */
    List<Finding> findings() {
        return findings;
    }

    /** The tables that are there; what is wrong with one is in the findings. */
    List<SourceTableInfo> read(List<TableId> tables) throws SQLException {
        List<SourceTableInfo> found = new ArrayList<>();
        for (TableId table : tables) {
            Relation relation = relation(table);
            if (relation != null) {
                found.add(read(table, relation));
            }
        }
        return found;
    }

    private void note(Reason reason, String message) {
        findings.add(new Finding(reason, message));
    }

    private @Nullable Relation relation(TableId table) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(TABLE)) {
            query.setString(1, table.schema());
            query.setString(2, table.name());
            try (ResultSet rows = query.executeQuery()) {
                if (rows.next()) {
                    Relation relation = new Relation(
                            rows.getLong(1),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getBoolean(4),
                            rows.getBoolean(5));
                    return usable(table, relation) ? relation : null;
                }
            }
        }
        note(Reason.TableNotFound, "table " + table + " does not exist: correct spec.source.tables, or create it");
        return null;
    }

    private boolean usable(TableId table, Relation relation) {
        if (!relation.kind().equals("r") && !relation.kind().equals("p")) {
            note(
                    Reason.TableNotSupported,
                    table
                            + " is no ordinary table, and only tables have changes to follow: list the tables it is made of");
            return false;
        }
        if (!relation.readable()) {
            note(
                    Reason.SelectNotPermitted,
                    "user " + user + " may not read table " + table + ": GRANT SELECT ON " + SqlIdentifier.quoted(table)
                            + " TO " + new SqlIdentifier(user).quoted());
        }
        if (relation.filtered()) {
            note(
                    Reason.RowSecurityActive,
                    "row security would hide rows of table " + table + " from user " + user + ": ALTER ROLE "
                            + new SqlIdentifier(user).quoted() + " BYPASSRLS");
        }
        return true;
    }

    private SourceTableInfo read(TableId table, Relation relation) throws SQLException {
        List<String> key = key(table, relation);
        List<SourceColumn> columns = columns(table, relation, key);
        if (key.isEmpty()) {
            note(
                    Reason.NoPrimaryKey,
                    "table " + table + " has no primary key: ALTER TABLE " + SqlIdentifier.quoted(table)
                            + " ADD PRIMARY KEY (...), or leave the table out");
        }
        if (relation.replicaIdentity().equals("n") || relation.replicaIdentity().equals("i")) {
            note(
                    Reason.ReplicaIdentityUnsuitable,
                    "the replica identity of table " + table + " is not its primary key: ALTER TABLE "
                            + SqlIdentifier.quoted(table) + " REPLICA IDENTITY DEFAULT");
        }
        return new SourceTableInfo(table, columns, key);
    }

    private List<String> key(TableId table, Relation relation) throws SQLException {
        List<String> key = new ArrayList<>();
        boolean immediate = true;
        try (PreparedStatement query = connection.prepareStatement(KEY)) {
            query.setLong(1, relation.oid());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    key.add(rows.getString(1));
                    immediate &= rows.getBoolean(2);
                }
            }
        }
        if (!immediate) {
            note(
                    Reason.DeferrableKey,
                    "the primary key of table " + table
                            + " is deferrable, and publishing it would break UPDATE and DELETE on"
                            + " it: make the key NOT DEFERRABLE, or leave the table out");
        }
        return key;
    }

    private List<SourceColumn> columns(TableId table, Relation relation, List<String> key) throws SQLException {
        List<SourceColumn> columns = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
            query.setLong(1, relation.oid());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    boolean nullable = !rows.getBoolean(5);
                    SourceColumn column = new SourceColumn(
                            rows.getString(1),
                            rows.getString(2),
                            nullable,
                            PostgresTypes.mapping(rows.getString(3), rows.getInt(4), nullable));
                    check(table, column, key.contains(column.name()), rows.getBoolean(6));
                    columns.add(column);
                }
            }
        }
        return columns;
    }

    private void check(TableId table, SourceColumn column, boolean inKey, boolean generated) {
        String which = "column " + column.name() + " of table " + table;
        if (AddedColumn.named(column.name()).isPresent()) {
            note(
                    Reason.ReservedColumnName,
                    which + " has the name of a column that Tributary adds: rename it, or leave the table out");
        }
        if (generated) {
            note(
                    Reason.UnsupportedColumnType,
                    which + " is generated, and PostgreSQL does not publish its changes: leave the table out");
        }
        switch (column.mapping()) {
            case ColumnMapping.Unsupported unsupported ->
                note(
                        Reason.UnsupportedColumnType,
                        which + " has type " + column.typeName() + ", which " + unsupported.reason()
                                + ": leave the table out, or change the column (docs/types.md)");
            case ColumnMapping.Carried carried -> {
                if (inKey && !PostgresTypes.canBeKey(carried.type())) {
                    note(
                            Reason.UnsupportedColumnType,
                            which + " has type " + column.typeName()
                                    + ", which cannot be part of a key in ClickHouse: leave the table out");
                }
            }
        }
    }
}
