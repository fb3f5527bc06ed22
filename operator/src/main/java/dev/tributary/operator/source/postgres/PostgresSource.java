package dev.tributary.operator.source.postgres;

import dev.tributary.operator.source.CaptureLook;
import dev.tributary.operator.source.CaptureNames;
import dev.tributary.operator.source.ConnectionSettings;
import dev.tributary.operator.source.DropOutcome;
import dev.tributary.operator.source.Finding;
import dev.tributary.operator.source.Inspection;
import dev.tributary.operator.source.PublicationOutcome;
import dev.tributary.operator.source.Reason;
import dev.tributary.operator.source.ServerIdentity;
import dev.tributary.operator.source.SourceCatalog;
import dev.tributary.operator.source.SourceEngine;
import dev.tributary.operator.source.SourceTableInfo;
import dev.tributary.operator.source.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** PostgreSQL, through its driver. A connection for each call, closed at once: the server is the client's, not ours. */
public final class PostgresSource implements SourceEngine {

    /** pgoutput's logical messages, which carry the heartbeat, came with 14. */
    private static final int OLDEST = 140000;

    @Override
    public Inspection inspect(ConnectionSettings settings, List<TableId> tables) {
        Optional<Finding> badAuthority = CertificateAuthority.problem(settings);
        if (badAuthority.isPresent()) {
            return new Inspection.Refused(List.of(badAuthority.get()));
        }
        try (Connection connection = Database.connect(settings);
                Statement statement = connection.createStatement();
                ResultSet server = statement.executeQuery(Queries.SERVER)) {
            server.next();
            List<Finding> findings = new ArrayList<>(serverFindings(server, settings));
            TablePreflight preflight = new TablePreflight(settings.username());
            List<SourceTableInfo> found = preflight.check(tables, new Catalog(connection).tables(tables));
            findings.addAll(preflight.findings());
            return findings.isEmpty()
                    ? new Inspection.Found(new SourceCatalog(
                            server.getString("version"),
                            new ServerIdentity(server.getString("system_identifier"), server.getInt("timeline")),
                            found))
                    : new Inspection.Refused(findings);
        } catch (SQLException e) {
            return new Inspection.Refused(List.of(SqlFailure.finding(e, settings)));
        }
    }

    private static List<Finding> serverFindings(ResultSet server, ConnectionSettings settings) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        String where = "PostgreSQL at " + settings.address();
        if (server.getInt("version_number") < OLDEST) {
            findings.add(new Finding(
                    Reason.ServerTooOld,
                    where + " is version " + server.getString("version")
                            + ", and 14 is the oldest that can be captured: upgrade it"));
        }
        if (server.getBoolean("standby")) {
            findings.add(
                    new Finding(
                            Reason.NotPrimary,
                            where
                                    + " is a standby, and publications are made on the primary: set spec.source.postgresql.host to it"));
        }
        if (!server.getString("wal_level").equals("logical")) {
            findings.add(new Finding(
                    Reason.WalLevelNotLogical,
                    where + " has wal_level " + server.getString("wal_level")
                            + ": ALTER SYSTEM SET wal_level = 'logical', then restart the server"));
        }
        if (!server.getBoolean("may_replicate")) {
            findings.add(new Finding(
                    Reason.ReplicationNotPermitted,
                    "user " + settings.username() + " may not stream changes: ALTER ROLE "
                            + new SqlIdentifier(settings.username()).quoted() + " REPLICATION"));
        }
        return findings;
    }

    @Override
    public PublicationOutcome ensurePublication(ConnectionSettings settings, CaptureNames names, List<TableId> tables) {
        try (Connection connection = Database.connect(settings)) {
            return new Publication(connection, settings, names).ensure(tables);
        } catch (SQLException e) {
            return new PublicationOutcome.Refused(SqlFailure.finding(e, settings));
        }
    }

    @Override
    public CaptureLook captureState(ConnectionSettings settings, CaptureNames names) {
        try (Connection connection = Database.connect(settings)) {
            return new CaptureLook.Seen(
                    slot(connection, names).orElse(null),
                    new Publication(connection, settings, names).comment().isPresent());
        } catch (SQLException e) {
            return new CaptureLook.Refused(SqlFailure.finding(e, settings));
        }
    }

    private static Optional<CaptureLook.Slot> slot(Connection connection, CaptureNames names) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(Queries.SLOT)) {
            query.setString(1, names.slot());
            try (ResultSet rows = query.executeQuery()) {
                return rows.next()
                        ? Optional.of(new CaptureLook.Slot(
                                rows.getBoolean("active"),
                                rows.getBoolean("streaming"),
                                rows.getString("confirmed_lsn"),
                                rows.getString("restart_lsn"),
                                rows.getString("keeps_at_most"),
                                rows.getString("wal_status")))
                        : Optional.empty();
            }
        }
    }

    @Override
    public DropOutcome dropCapture(ConnectionSettings settings, CaptureNames names) {
        try (Connection connection = Database.connect(settings)) {
            Optional<CaptureLook.Slot> slot = slot(connection, names);
            if (slot.isPresent() && slot.get().active()) {
                call(connection, Queries.STOP_READER, names);
                return new DropOutcome.StillActive(
                        "replication slot " + names.slot() + " is still in use; its reader was told to stop");
            }
            if (slot.isPresent()) {
                call(connection, Queries.DROP_SLOT, names);
            }
            new Publication(connection, settings, names).dropIfOurs();
            return new DropOutcome.Gone();
        } catch (SQLException e) {
            return new DropOutcome.Refused(SqlFailure.finding(e, settings));
        }
    }

    private static void call(Connection connection, String sql, CaptureNames names) throws SQLException {
        try (PreparedStatement call = connection.prepareStatement(sql)) {
            call.setString(1, names.slot());
            call.execute();
        }
    }
}
