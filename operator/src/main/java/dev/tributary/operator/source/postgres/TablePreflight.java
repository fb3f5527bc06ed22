package dev.tributary.operator.source.postgres;

import dev.tributary.jobspec.AddedColumn;
import dev.tributary.jobspec.ColumnType;
import dev.tributary.operator.source.ColumnMapping;
import dev.tributary.operator.source.Finding;
import dev.tributary.operator.source.InspectionRequest;
import dev.tributary.operator.source.Reason;
import dev.tributary.operator.source.RowKey;
import dev.tributary.operator.source.SourceColumn;
import dev.tributary.operator.source.SourceTableInfo;
import dev.tributary.operator.source.TableId;
import dev.tributary.operator.source.postgres.FoundTable.FoundColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says what keeps the listed tables from being captured, or from being captured right. Asks nobody. */
final class TablePreflight {

    private final InspectionRequest request;
    private final String user;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    TablePreflight(InspectionRequest request) {
        this.request = request;
        this.user = request.settings().username();
    }

    /** What was found wrong, table by table. */
    List<Finding> findings() {
        return findings;
    }

    /** What arrives otherwise than one might expect. */
    List<String> notes() {
        return notes;
    }

    /** The tables that can be described; what is wrong with one is in the findings. */
    List<SourceTableInfo> check(Map<TableId, FoundTable> found) {
        List<TableId> listed = request.tables();
        List<SourceTableInfo> described = new ArrayList<>();
        for (TableId id : listed) {
            FoundTable table = found.get(id);
            if (table == null) {
                note(Reason.TableNotFound, "table " + id + " does not exist: correct spec.source.tables, or create it");
                continue;
            }
            Optional<String> obstacle = obstacle(table, listed);
            if (obstacle.isPresent()) {
                note(Reason.TableNotSupported, id + " " + obstacle.get());
            } else {
                checkRights(table);
                described.add(describe(table));
                checkLookalikes(table, found);
            }
        }
        return described;
    }

    private void note(Reason reason, String message) {
        findings.add(new Finding(reason, message));
    }

    /** Why the changes of what has this name cannot be followed, or not without confusion. */
    private static Optional<String> obstacle(FoundTable table, List<TableId> listed) {
        if (!table.kind().equals("r") && !table.kind().equals("p")) {
            return Optional.of(
                    "is no ordinary table, and only tables have changes to follow: list the tables it is made of");
        }
        if (table.unlogged()) {
            return Optional.of("is unlogged or temporary, and PostgreSQL keeps no log of its changes: ALTER TABLE "
                    + SqlIdentifier.quoted(table.id()) + " SET LOGGED");
        }
        if (table.hasChildren()) {
            return Optional.of(
                    "has tables that inherit from it; a snapshot reads their rows with its own, but their changes"
                            + " are published as theirs: partition it instead, or leave it out");
        }
        if (table.unfollowed() != null) {
            return Optional.of("has a partition " + table.unfollowed()
                    + " that is unlogged or a foreign table, and PostgreSQL keeps no log of its changes: make it an"
                    + " ordinary table, or leave " + table.id() + " out");
        }
        if (table.partitionOf() != null && listed.contains(table.partitionOf())) {
            return Optional.of("is a partition of " + table.partitionOf()
                    + ", which is listed too and is published as one: leave the partition out");
        }
        if (table.lookalike()) {
            return Optional.of(
                    "has the same name as another table once schema and name are joined by a dot, and Debezium"
                            + " would take one for the other: rename one of them");
        }
        return DebeziumNames.obstacle(table);
    }

    private void checkRights(FoundTable table) {
        String role = new SqlIdentifier(user).quoted();
        if (!table.readable()) {
            note(
                    Reason.SelectNotPermitted,
                    "user " + user + " may not read table " + table.id() + ": GRANT USAGE ON SCHEMA "
                            + new SqlIdentifier(table.id().schema()).quoted() + " TO " + role + "; GRANT SELECT ON "
                            + SqlIdentifier.quoted(table.id()) + " TO " + role);
        }
        if (table.rowSecurity()) {
            note(
                    Reason.RowSecurityActive,
                    "row security would hide rows of table " + table.id() + " from user " + user + ": ALTER ROLE "
                            + role + " BYPASSRLS");
        }
    }

    private SourceTableInfo describe(FoundTable table) {
        RowKey wanted = request.key(table.id());
        List<String> key = KeyPreflight.columns(table, wanted);
        List<String> generated = table.columns().stream()
                .filter(FoundColumn::generated)
                .map(FoundColumn::name)
                .toList();
        checkGenerated(table.id(), generated, key);
        List<SourceColumn> columns = table.columns().stream()
                .filter(column -> !column.generated())
                .map(c -> column(table.id(), c, key))
                .toList();
        nestedArrays(table.id(), columns);
        findings.addAll(KeyPreflight.check(
                table, wanted, request.captured().contains(table.id().toString())));
        notes.addAll(KeyPreflight.notes(table, wanted));
        return new SourceTableInfo(table.id(), columns, key, generated);
    }

    /** Debezium is told of a declared key by a pattern for schema, table and column joined by dots. */
    private void checkLookalikes(FoundTable table, Map<TableId, FoundTable> found) {
        if (!(request.key(table.id()) instanceof RowKey.Declared declared)) {
            return;
        }
        for (String column : declared.columns()) {
            DebeziumNames.lookalike(table.id(), column, found.values())
                    .ifPresent(other -> note(
                            Reason.TableNotSupported,
                            table.id() + " has a declared key with column " + column + ", which Debezium takes for "
                                    + other + " as well: rename one, or leave one of the tables out"));
        }
    }

    private void checkGenerated(TableId table, List<String> generated, List<String> key) {
        List<String> ofKey = generated.stream().filter(key::contains).toList();
        if (!ofKey.isEmpty()) {
            note(
                    Reason.UnsupportedColumnType,
                    "the key of table " + table + " has the generated column " + ofKey.get(0)
                            + ", and PostgreSQL does not publish its changes: leave the table out");
        }
        if (!generated.isEmpty()) {
            notes.add("table " + table + " arrives without what is generated from its other columns: "
                    + String.join(", ", generated));
        }
    }

    /** ClickHouse takes arrays {@code a.x} and {@code a.y} for one nested structure, whose arrays must be equally long. */
    private void nestedArrays(TableId table, List<SourceColumn> columns) {
        Map<String, String> arrays = new HashMap<>();
        for (SourceColumn column : columns) {
            int dot = column.name().indexOf('.');
            boolean array = column.mapping() instanceof ColumnMapping.Carried(ColumnType.Array a, var other);
            String other = dot < 0 || !array ? null : arrays.put(column.name().substring(0, dot), column.name());
            if (other != null) {
                note(
                        Reason.UnsupportedColumnType,
                        "columns " + other + " and " + column.name() + " of table " + table
                                + " are arrays whose names ClickHouse takes for one nested structure: rename one, or leave the"
                                + " table out");
            }
        }
    }

    private SourceColumn column(TableId table, FoundColumn found, List<String> key) {
        ColumnMapping mapping = PostgresTypes.mapping(found.type(), found.nullable());
        SourceColumn column = new SourceColumn(found.name(), found.type().shown(), found.nullable(), mapping);
        String which = "column " + column.name() + " of table " + table;
        if (AddedColumn.named(key, column.name()).isPresent()) {
            note(
                    Reason.ReservedColumnName,
                    which + " has the name of a column that Tributary adds: rename it, or leave the table out");
        }
        if (found.shadowed()) {
            // PostgresConnection asks its TypeRegistry for the name in the table's schema first.
            note(
                    Reason.UnsupportedColumnType,
                    which + " has type " + column.typeName() + ", and schema " + table.schema()
                            + " has another type of that name (a table makes one, too), which Debezium takes it for: rename that, or leave"
                            + " the table out");
        }
        if (key.contains(found.name()) && !PostgresTypes.canBeKey(mapping)) {
            note(
                    Reason.UnsupportedColumnType,
                    which + " has type " + column.typeName()
                            + ", which cannot be part of a key in ClickHouse: leave the table out");
        }
        return column;
    }
}
