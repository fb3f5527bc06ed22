package dev.tributary.operator.source.postgres;

import dev.tributary.operator.source.ServerIdentity;
import dev.tributary.operator.source.TableId;
import dev.tributary.operator.source.postgres.FoundPublication.Omission;
import dev.tributary.operator.source.postgres.FoundTable.FoundColumn;
import dev.tributary.operator.source.postgres.FoundTable.FoundIdentity;
import dev.tributary.operator.source.postgres.FoundTable.FoundIndex;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads PostgreSQL's catalog: a few round trips, whatever the number of tables. */
final class Catalog {

    private final Connection connection;

    Catalog(Connection connection) {
        this.connection = connection;
    }

    /** The server, and what it knows under the slot's name. */
    FoundServer server(String slot) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(Queries.SERVER)) {
            query.setString(1, slot);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return new FoundServer(
                        row.getString("version"),
                        row.getInt("version_number"),
                        new ServerIdentity(row.getString("system_identifier"), row.getInt("timeline")),
                        row.getString("position"),
                        row.getString("wal_level"),
                        row.getBoolean("standby"),
                        row.getBoolean("may_replicate"),
                        row.getBoolean("amazon"),
                        row.getBoolean("may_create"),
                        row.getInt("slots"),
                        row.getInt("max_slots"),
                        row.getInt("senders"),
                        row.getInt("max_senders"),
                        FoundServer.SlotName.valueOf(row.getString("slot")),
                        row.getString("wal_kept"),
                        row.getString("idle_limit"),
                        row.getString("enum_without_labels"));
            }
        }
    }

    /** A publication, and which of these tables it publishes; null when there is none. */
    @Nullable
    FoundPublication publication(String name, List<TableId> asked) throws SQLException {
        Map<TableId, Set<Omission>> published = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(Queries.PUBLISHED)) {
            query.setString(1, name);
            query.setArray(2, texts(asked.stream().map(TableId::schema).toList()));
            query.setArray(3, texts(asked.stream().map(TableId::name).toList()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    Set<Omission> omitted = EnumSet.noneOf(Omission.class);
                    if (row.getBoolean("has_filter")) {
                        omitted.add(Omission.ROWS);
                    }
                    if (row.getBoolean("has_column_list")) {
                        omitted.add(Omission.COLUMNS);
                    }
                    published.put(new TableId(row.getString("schema"), row.getString("name")), omitted);
                }
            }
        }
        try (PreparedStatement query = connection.prepareStatement(Queries.PUBLICATION)) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? new FoundPublication(
                                row.getString("comment"),
                                row.getBoolean("owned"),
                                row.getBoolean("every_operation"),
                                row.getBoolean("via_root"),
                                row.getBoolean("all_tables"),
                                published)
                        : null;
            }
        }
    }

    /** Those of the tables that exist, in the order asked for. */
    Map<TableId, FoundTable> tables(List<TableId> asked) throws SQLException {
        Map<TableId, FoundTable> found = new LinkedHashMap<>();
        try (PreparedStatement query = connection.prepareStatement(Queries.TABLES)) {
            query.setArray(1, texts(asked.stream().map(TableId::schema).toList()));
            query.setArray(2, texts(asked.stream().map(TableId::name).toList()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    FoundTable table = table(row);
                    found.put(table.id(), table);
                }
            }
        }
        Object[] oids = found.values().stream().map(FoundTable::oid).toArray();
        Map<Long, List<FoundColumn>> columns = columns(oids);
        Map<Long, List<FoundIdentity>> identities = identities(oids);
        Map<Long, List<FoundIndex>> indexes = indexes(oids);
        found.replaceAll((id, table) -> table.with(
                columns.getOrDefault(table.oid(), List.of()),
                identities.getOrDefault(table.oid(), List.of()),
                indexes.getOrDefault(table.oid(), List.of())));
        return found;
    }

    private static FoundTable table(ResultSet row) throws SQLException {
        return new FoundTable(
                new TableId(row.getString("schema"), row.getString("name")),
                row.getLong("oid"),
                row.getString("kind"),
                row.getBoolean("unlogged"),
                row.getBoolean("has_children"),
                tableId(row.getString("root_schema"), row.getString("root_name")),
                tableId(row.getString("unfollowed_schema"), row.getString("unfollowed_name")),
                row.getString("owner"),
                row.getBoolean("owned"),
                row.getBoolean("readable"),
                row.getBoolean("row_security"),
                row.getBoolean("lookalike"),
                List.of(),
                List.of(),
                List.of());
    }

    private static @Nullable TableId tableId(@Nullable String schema, @Nullable String name) {
        return schema == null || name == null ? null : new TableId(schema, name);
    }

    /** The oids of those of the tables that have a value too large to be kept with its row. */
    Set<Long> toasted(List<FoundTable> tables) throws SQLException {
        Set<Long> toasted = new HashSet<>();
        try (PreparedStatement query = connection.prepareStatement(Queries.TOASTED)) {
            query.setArray(
                    1,
                    connection.createArrayOf(
                            "bigint", tables.stream().map(FoundTable::oid).toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    toasted.add(row.getLong("oid"));
                }
            }
        }
        return toasted;
    }

    private Map<Long, List<FoundColumn>> columns(Object[] oids) throws SQLException {
        Map<Long, List<FoundColumn>> columns = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(Queries.COLUMNS)) {
            query.setArray(1, connection.createArrayOf("bigint", oids));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    columns.computeIfAbsent(row.getLong("oid"), o -> new ArrayList<>())
                            .add(column(row));
                }
            }
        }
        return columns;
    }

    private static FoundColumn column(ResultSet row) throws SQLException {
        TypeDescription type = new TypeDescription(
                row.getString("shown"),
                row.getString("type_name"),
                row.getBoolean("is_array"),
                row.getBoolean("in_catalog"),
                row.getInt("modifier"));
        return new FoundColumn(
                row.getString("name"),
                type,
                row.getBoolean("nullable"),
                row.getBoolean("is_generated"),
                row.getBoolean("is_shadowed"));
    }

    private Map<Long, List<FoundIdentity>> identities(Object[] oids) throws SQLException {
        Map<Long, List<FoundIdentity>> identities = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(Queries.IDENTITIES)) {
            query.setArray(1, connection.createArrayOf("bigint", oids));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    identities
                            .computeIfAbsent(row.getLong("oid"), o -> new ArrayList<>())
                            .add(new FoundIdentity(
                                    new TableId(row.getString("schema"), row.getString("name")),
                                    row.getBoolean("whole"),
                                    texts(row.getArray("columns"))));
                }
            }
        }
        return identities;
    }

    private Map<Long, List<FoundIndex>> indexes(Object[] oids) throws SQLException {
        Map<Long, List<FoundIndex>> indexes = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(Queries.UNIQUE_INDEXES)) {
            query.setArray(1, connection.createArrayOf("bigint", oids));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    indexes.computeIfAbsent(row.getLong("oid"), o -> new ArrayList<>())
                            .add(index(row));
                }
            }
        }
        return indexes;
    }

    private static FoundIndex index(ResultSet row) throws SQLException {
        return new FoundIndex(
                row.getString("name"),
                texts(row.getArray("columns")),
                row.getBoolean("is_primary"),
                row.getBoolean("is_deferrable"),
                row.getBoolean("is_valid"),
                row.getBoolean("is_partial"),
                row.getBoolean("has_expressions"),
                texts(row.getArray("parts")));
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    private Array texts(List<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray());
    }
}
