package dev.tributary.operator.source.postgres;

import dev.tributary.operator.source.CaptureLook;
import dev.tributary.operator.source.CaptureNames;
import dev.tributary.operator.source.ConnectionSettings;
import dev.tributary.operator.source.DropOutcome;
import dev.tributary.operator.source.Finding;
import dev.tributary.operator.source.Inspection;
import dev.tributary.operator.source.PublicationOutcome;
import dev.tributary.operator.source.Reason;
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

    private static final String SERVER = """
            SELECT current_setting('server_version'), current_setting('server_version_num')::int,
                   current_setting('wal_level'), pg_is_in_recovery(),
                   (SELECT system_identifier FROM pg_control_system()),
                   (SELECT rolsuper OR rolreplication FROM pg_catalog.pg_roles WHERE rolname = current_user)
            """;

    private static final String SLOT = """
            SELECT active, confirmed_flush_lsn::text, restart_lsn::text, wal_status
            FROM pg_catalog.pg_replication_slots WHERE slot_name = ?
            """;

    @Override
    public Inspection inspect(ConnectionSettings settings, List<TableId> tables) {
        Optional<Finding> badAuthority = CertificateAuthority.problem(settings);
        if (badAuthority.isPresent()) {
            return new Inspection.Refused(List.of(badAuthority.get()));
        }
        try (Connection connection = Database.connect(settings);
                Statement statement = connection.createStatement();
                ResultSet server = statement.executeQuery(SERVER)) {
            server.next();
            List<Finding> findings = new ArrayList<>(serverFindings(server, settings));
            PostgresCatalog catalog = new PostgresCatalog(connection, settings.username());
            List<SourceTableInfo> found = catalog.read(tables);
            findings.addAll(catalog.findings());
            return findings.isEmpty()
                    ? new Inspection.Found(new SourceCatalog(server.getString(1), server.getString(5), found))
                    : new Inspection.Refused(findings);
        } catch (SQLException e) {
            return new Inspection.Refused(List.of(SqlFailure.finding(e, settings)));
        }
    }

    private static List<Finding> serverFindings(ResultSet server, ConnectionSettings settings) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        String where = "PostgreSQL at " + settings.address();
        if (server.getInt(2) < OLDEST) {
            findings.add(new Finding(
                    Reason.ServerTooOld,
                    where + " is version " + server.getString(1)
                            + ", and 14 is the oldest that can be captured: upgrade it"));
        }
        if (server.getBoolean(4)) {
            findings.add(
                    new Finding(
                            Reason.NotPrimary,
                            where
                                    + " is a standby, and publications are made on the primary: set spec.source.postgresql.host to it"));
        }
        if (!server.getString(3).equals("logical")) {
            findings.add(new Finding(
                    Reason.WalLevelNotLogical,
                    where + " has wal_level " + server.getString(3)
                            + ": ALTER SYSTEM SET wal_level = 'logical', then restart the server"));
        }
        if (!server.getBoolean(6)) {
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
        try (PreparedStatement query = connection.prepareStatement(SLOT)) {
            query.setString(1, names.slot());
            try (ResultSet rows = query.executeQuery()) {
                return rows.next()
                        ? Optional.of(new CaptureLook.Slot(
                                rows.getBoolean(1), rows.getString(2), rows.getString(3), rows.getString(4)))
                        : Optional.empty();
            }
        }
    }

    @Override
    public DropOutcome dropCapture(ConnectionSettings settings, CaptureNames names) {
        try (Connection connection = Database.connect(settings)) {
            Optional<CaptureLook.Slot> slot = slot(connection, names);
            if (slot.isPresent() && slot.get().active()) {
                call(
                        connection,
                        "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = ?",
                        names);
                return new DropOutcome.StillActive(
                        "replication slot " + names.slot() + " is still in use; its reader was told to stop");
            }
            if (slot.isPresent()) {
                call(connection, "SELECT pg_drop_replication_slot(?)", names);
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
