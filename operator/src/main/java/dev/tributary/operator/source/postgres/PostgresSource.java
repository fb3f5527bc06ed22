package dev.tributary.operator.source.postgres;

import dev.tributary.operator.source.CaptureLook;
import dev.tributary.operator.source.CaptureNames;
import dev.tributary.operator.source.ConnectionSettings;
import dev.tributary.operator.source.DropOutcome;
import dev.tributary.operator.source.Finding;
import dev.tributary.operator.source.Inspection;
import dev.tributary.operator.source.InspectionRequest;
import dev.tributary.operator.source.PublicationOutcome;
import dev.tributary.operator.source.Reason;
import dev.tributary.operator.source.SourceCatalog;
import dev.tributary.operator.source.SourceEngine;
import dev.tributary.operator.source.SourceTableInfo;
import dev.tributary.operator.source.TableId;
import dev.tributary.operator.source.postgres.FoundServer.SlotName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** PostgreSQL, through its driver. A connection for each call, closed at once: the server is the client's, not ours. */
public final class PostgresSource implements SourceEngine {

    /** Well within what a call may take. */
    private static final Duration READING = Duration.ofSeconds(4);

    @Override
    public Inspection inspect(InspectionRequest request) {
        ConnectionSettings settings = request.settings();
        Optional<Finding> badAuthority = CertificateAuthority.problem(settings);
        if (badAuthority.isPresent()) {
            return new Inspection.Refused(List.of(badAuthority.get()));
        }
        try (Connection connection = Database.connect(settings)) {
            Catalog catalog = new Catalog(connection);
            FoundServer server = catalog.server(request.names().slot());
            Map<TableId, FoundTable> there = catalog.tables(request.tables());
            List<Finding> findings = new ArrayList<>(new ServerPreflight(request).check(server));
            TablePreflight preflight = new TablePreflight(request);
            List<SourceTableInfo> tables = preflight.check(there);
            findings.addAll(preflight.findings());
            List<FoundTable> publishable =
                    tables.stream().map(t -> there.get(t.id())).toList();
            findings.addAll(new PublicationPreflight(request, publishable, server)
                    .check(catalog.publication(request.names().publication(), request.tables())));
            RowSizes sizes = new RowSizes(connection, request.maxRecordBytes(), READING);
            if (findings.isEmpty() && server.slot() == SlotName.FREE) {
                // Reading rows is dear: once, before the capture begins. Later a row too large stops the connector.
                sizes.look(publishable);
                findings.addAll(sizes.findings());
            }
            List<String> notes = new ArrayList<>(ServerPreflight.notes(server));
            notes.addAll(preflight.notes());
            notes.addAll(sizes.notes());
            return findings.isEmpty()
                    ? new Inspection.Found(new SourceCatalog(server.version(), server.identity(), tables), notes)
                    : new Inspection.Refused(findings);
        } catch (SQLException e) {
            return new Inspection.Refused(List.of(SqlFailure.finding(e, settings)));
        }
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
    public CaptureLook captureState(ConnectionSettings settings, CaptureNames names, List<TableId> tables) {
        try (Connection connection = Database.connect(settings)) {
            Catalog catalog = new Catalog(connection);
            FoundServer server = catalog.server(names.slot());
            if (server.standby()) {
                return new CaptureLook.Refused(ServerPreflight.notPrimary(settings));
            }
            FoundPublication publication = catalog.publication(names.publication(), tables);
            return new CaptureLook.Seen(
                    server.identity(),
                    server.position(),
                    slot(connection, names).orElse(null),
                    publication != null,
                    publication == null ? List.of() : publication.omissions(tables));
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
            return new DropOutcome.Gone(
                    new Catalog(connection).server(names.slot()).identity());
        } catch (SQLException e) {
            Finding finding = SqlFailure.finding(e, settings);
            return finding.reason() == Reason.DatabaseNotFound
                    ? new DropOutcome.Gone(null)
                    : new DropOutcome.Refused(finding);
        }
    }

    private static void call(Connection connection, String sql, CaptureNames names) throws SQLException {
        try (PreparedStatement call = connection.prepareStatement(sql)) {
            call.setString(1, names.slot());
            call.execute();
        }
    }
}
