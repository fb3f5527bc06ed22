package dev.tributary.operator.source.postgres;

import dev.tributary.operator.source.Finding;
import dev.tributary.operator.source.Reason;
import dev.tributary.operator.source.RowKey;
import dev.tributary.operator.source.postgres.FoundTable.FoundColumn;
import dev.tributary.operator.source.postgres.FoundTable.FoundIdentity;
import dev.tributary.operator.source.postgres.FoundTable.FoundIndex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says what keeps the rows of one table from being told apart by the key that is wanted: that nothing keeps it unique, or
 * that the change stream does not have it. Asks nobody.
 */
final class KeyPreflight {

    private final FoundTable table;
    private final boolean captured;
    private final List<Finding> findings = new ArrayList<>();

    private KeyPreflight(FoundTable table, boolean captured) {
        this.table = table;
        this.captured = captured;
    }

    /** The columns of a table's key, in order; empty when there is none. */
    static List<String> columns(FoundTable table, RowKey key) {
        return switch (key) {
            case RowKey.Primary primary -> table.primaryKey();
            case RowKey.Declared declared -> declared.columns();
            case RowKey.AppendOnly appendOnly -> List.of();
        };
    }

    /**
     * What is wrong with the key of a table.
     *
     * @param captured whether its changes are captured already, with this key
     */
    static List<Finding> check(FoundTable table, RowKey key, boolean captured) {
        KeyPreflight preflight = new KeyPreflight(table, captured);
        switch (key) {
            case RowKey.Primary primary -> preflight.primary();
            case RowKey.Declared declared -> preflight.declared(declared.columns());
            case RowKey.AppendOnly appendOnly -> preflight.appendOnly();
        }
        return preflight.findings;
    }

    /** What has to be known of a table whose rows are told apart so. */
    static List<String> notes(FoundTable table, RowKey key) {
        List<String> notes = new ArrayList<>();
        if (key instanceof RowKey.AppendOnly) {
            notes.add(
                    "rows of table " + table.id()
                            + " arrive at least once, and an update or delete there cannot be carried (withoutKey: AppendOnly)");
        }
        if (!(key instanceof RowKey.Primary) && table.kind().equals("p")) {
            notes.add("a partition that is added to table " + table.id()
                    + " needs a replica identity of its own before its rows change");
        }
        return notes;
    }

    private void primary() {
        if (table.primaryKeyDeferrable()) {
            note(
                    Reason.DeferrableKey,
                    "the primary key of table " + table.id()
                            + " is deferrable, and publishing it would break UPDATE and DELETE on"
                            + " it: make the key NOT DEFERRABLE, or leave the table out");
            return;
        }
        if (table.primaryKey().isEmpty()) {
            note(
                    Reason.NoPrimaryKey,
                    "table " + table.id() + " has no primary key: ALTER TABLE " + SqlIdentifier.quoted(table.id())
                            + " ADD PRIMARY KEY (...), or name the columns of another unique index in"
                            + " spec.source.tables[].key, or set withoutKey: AppendOnly there if its rows never change");
            return;
        }
        checkIdentity(table.primaryKey(), "primary key", "DEFAULT");
    }

    private void declared(List<String> key) {
        String named = "declared key (" + String.join(", ", key) + ")";
        if (!areColumns(key)) {
            return;
        }
        Optional<FoundIndex> index =
                over(key).stream().filter(FoundIndex::keepsUnique).findFirst();
        if (index.isPresent()) {
            String identity = index.get().primary()
                    ? "DEFAULT"
                    : "USING INDEX " + new SqlIdentifier(index.get().name()).quoted();
            checkIdentity(key, named, identity);
            return;
        }
        String cure = "CREATE UNIQUE INDEX ON " + SqlIdentifier.quoted(table.id()) + " ("
                + key.stream().map(c -> new SqlIdentifier(c).quoted()).collect(Collectors.joining(", ")) + ")";
        if (captured) {
            note(
                    Reason.KeyNotUnique,
                    "the " + named + " of table " + table.id()
                            + " has no unique index any more: rows that came with the same key since then have become"
                            + " one. First of all " + cure);
        } else {
            note(
                    Reason.DeclaredKeyUnsuitable,
                    "the " + named + " of table " + table.id()
                            + " has no unique index of exactly these columns that holds at any time" + unusable(key)
                            + ": " + cure + ", or correct spec.source.tables[].key");
        }
    }

    /** Nothing of an old row is needed; but where PostgreSQL has nothing to log it refuses the change to whoever wants it. */
    private void appendOnly() {
        table.identities().stream()
                .filter(FoundIdentity::isNothing)
                .findFirst()
                .ifPresent(identity -> note(
                        Reason.ReplicaIdentityUnsuitable,
                        "table " + table.id()
                                + (identity.table().equals(table.id()) ? "" : " (" + identity.table() + ")")
                                + " has no replica identity, and once it is published PostgreSQL would refuse every update"
                                + " and delete on it: ALTER TABLE " + SqlIdentifier.quoted(identity.table())
                                + " REPLICA IDENTITY FULL"));
    }

    private boolean areColumns(List<String> key) {
        int before = findings.size();
        for (String name : key) {
            Optional<FoundColumn> column =
                    table.columns().stream().filter(c -> c.name().equals(name)).findFirst();
            if (column.isEmpty()) {
                note(
                        Reason.DeclaredKeyUnsuitable,
                        "table " + table.id() + " has no column " + name + ": correct spec.source.tables[].key");
            } else if (column.get().nullable()) {
                note(
                        Reason.DeclaredKeyUnsuitable,
                        "column " + name + " of table " + table.id()
                                + " is part of the declared key and allows NULL: ALTER TABLE "
                                + SqlIdentifier.quoted(table.id()) + " ALTER COLUMN "
                                + new SqlIdentifier(name).quoted() + " SET NOT NULL");
            }
        }
        return findings.size() == before;
    }

    private List<FoundIndex> over(List<String> key) {
        Set<String> wanted = new HashSet<>(key);
        return table.indexes().stream()
                .filter(index -> new HashSet<>(index.columns()).equals(wanted))
                .toList();
    }

    private String unusable(List<String> key) {
        return over(key).stream()
                .findFirst()
                .map(index -> " (" + index.name()
                        + (index.deferrable()
                                ? " is deferrable)"
                                : index.partial()
                                        ? " is for some rows only)"
                                        : index.expressions() ? " has more than columns)" : " is not valid)"))
                .orElse("");
    }

    /**
     * What is told of a row that is deleted or gets another key.
     *
     * @param cure the replica identity that carries the key, as ALTER TABLE takes it
     */
    private void checkIdentity(List<String> key, String named, String cure) {
        // A made-up key loses more than a refused change.
        Optional<FoundIdentity> wrong = table.identities().stream()
                .filter(identity -> !identity.carries(key))
                .min(Comparator.comparing(FoundIdentity::isNothing));
        if (wrong.isEmpty()) {
            return;
        }
        boolean partition = !wrong.get().table().equals(table.id());
        String subject = "the replica identity of table " + table.id()
                + (partition ? ", that is of its partition " + wrong.get().table() + "," : "");
        String alter = "ALTER TABLE " + SqlIdentifier.quoted(wrong.get().table()) + " REPLICA IDENTITY "
                // Its index has a name of its own.
                + (partition && !cure.equals("DEFAULT") ? "FULL" : cure);
        if (captured && !wrong.get().isNothing()) {
            note(
                    Reason.ReplicaIdentityChanged,
                    subject + " was set to another index than its " + named
                            + ": the keys of rows that were deleted or got another key since then did not arrive. First"
                            + " of all " + alter);
        } else {
            note(Reason.ReplicaIdentityUnsuitable, subject + " does not have its " + named + ": " + alter);
        }
    }

    private void note(Reason reason, String message) {
        findings.add(new Finding(reason, message));
    }
}
