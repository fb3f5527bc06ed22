package dev.tributary.operator.source.postgres;

import dev.tributary.operator.source.ConnectionSettings;
import dev.tributary.operator.source.Finding;
import dev.tributary.operator.source.InspectionRequest;
import dev.tributary.operator.source.Reason;
import java.util.ArrayList;
import java.util.List;

/** Says what keeps a server from being captured, whatever the tables. Asks nobody. */
final class ServerPreflight {

    /** pgoutput's logical messages, which carry the heartbeat, came with 14. */
    private static final int OLDEST = 140000;

    private final InspectionRequest request;
    private final String where;
    private final List<Finding> findings = new ArrayList<>();

    ServerPreflight(InspectionRequest request) {
        this.request = request;
        this.where = "PostgreSQL at " + request.settings().address();
    }

    /** What is wrong. */
    List<Finding> check(FoundServer server) {
        if (server.versionNumber() < OLDEST) {
            note(
                    Reason.ServerTooOld,
                    where + " is version " + server.version()
                            + ", and 14 is the oldest that can be captured: upgrade it");
        }
        if (server.standby()) {
            findings.add(notPrimary(request.settings()));
        }
        if (!server.walLevel().equals("logical")) {
            note(
                    Reason.WalLevelNotLogical,
                    where + " has wal_level " + server.walLevel()
                            + ": ALTER SYSTEM SET wal_level = 'logical', then restart the server");
        }
        String user = request.settings().username();
        if (user.contains("'")) {
            // PostgresConnection.serverInfo writes it into a statement as it is.
            note(
                    Reason.UserNotSupported,
                    "user " + user
                            + " has a single quote in its name, which Debezium takes for the end of the name: use another user");
        }
        if (!server.mayReplicate()) {
            String role = new SqlIdentifier(user).quoted();
            note(
                    Reason.ReplicationNotPermitted,
                    "user " + user + " may not stream changes: "
                            + (server.amazon()
                                    ? "GRANT rds_replication TO " + role
                                    : "ALTER ROLE " + role + " REPLICATION"));
        }
        if (server.enumWithoutLabels() != null) {
            // TypeRegistry reads the labels of every type in pg_type's category E, of all tables, and fails on one
            // without.
            note(
                    Reason.TypeNotSupported,
                    "database " + request.settings().database() + " has the type " + server.enumWithoutLabels()
                            + ", an enum without labels or a domain made of an enum, and Debezium does not start in a"
                            + " database with such a type, whether a table uses it or not: give it labels, use the enum"
                            + " itself, or drop it");
        }
        switch (server.slot()) {
            case OURS -> {}
            case FREE -> checkRoom(server);
            case FOREIGN -> {
                String slot = request.names().slot();
                note(
                        Reason.PublicationNotOwned,
                        "replication slot " + slot
                                + " belongs to another database, or to another decoder than pgoutput: if nobody needs it,"
                                + " SELECT pg_drop_replication_slot('" + slot + "'), else rename the pipeline");
            }
        }
        return findings;
    }

    /** Once our slot is there, it is one of those that are taken. */
    private void checkRoom(FoundServer server) {
        if (server.slots() >= server.maxSlots()) {
            noRoom("replication slots", "max_replication_slots", server.maxSlots());
        }
        if (server.senders() >= server.maxSenders()) {
            noRoom("connections for replication", "max_wal_senders", server.maxSenders());
        }
    }

    private void noRoom(String what, String setting, int limit) {
        note(
                Reason.NoFreeReplicationSlot,
                "all " + limit + " " + what + " of " + where + " are taken: drop what nobody needs (SELECT slot_name,"
                        + " active FROM pg_replication_slots), or ALTER SYSTEM SET " + setting + " = " + 2 * limit
                        + ", then restart the server");
    }

    /** A standby takes no writes, and publications are made on the primary. */
    static Finding notPrimary(ConnectionSettings settings) {
        return new Finding(
                Reason.NotPrimary,
                "PostgreSQL at " + settings.address() + " is a standby, and publications are made on the primary: set"
                        + " spec.source.postgresql.host to it");
    }

    private void note(Reason reason, String message) {
        findings.add(new Finding(reason, message));
    }

    /** What may hurt later, when the pipeline stands still. */
    static List<String> notes(FoundServer server) {
        List<String> notes = new ArrayList<>();
        notes.add(
                server.walKept().equals("-1")
                        ? "max_slot_wal_keep_size is -1, so a pipeline that stands still can fill the server's disk"
                        : "max_slot_wal_keep_size is " + server.walKept()
                                + ", so a pipeline that falls behind by more loses its slot and has to read all tables again");
        if (!server.idleLimit().equals("0")) {
            notes.add("idle_replication_slot_timeout is " + server.idleLimit()
                    + ", so a pipeline that stands still for longer loses its slot and has to read all tables again");
        }
        return notes;
    }
}
