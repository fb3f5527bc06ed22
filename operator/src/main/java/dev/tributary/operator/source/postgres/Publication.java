package dev.tributary.operator.source.postgres;

import dev.tributary.operator.source.CaptureNames;
import dev.tributary.operator.source.ConnectionSettings;
import dev.tributary.operator.source.Finding;
import dev.tributary.operator.source.PublicationOutcome;
import dev.tributary.operator.source.Reason;
import dev.tributary.operator.source.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One pipeline's publication: exactly its tables, whole, and a comment that says whose it is. */
final class Publication {

    private static final String TABLES = """
            SELECT schemaname, tablename FROM pg_catalog.pg_publication_tables WHERE pubname::text = ? ORDER BY 1, 2
            """;

    private static final String OPTIONS =
            "(publish = 'insert, update, delete, truncate', publish_via_partition_root = true)";

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private final Connection connection;
    private final ConnectionSettings settings;
    private final CaptureNames names;
    private final String quoted;

    Publication(Connection connection, ConnectionSettings settings, CaptureNames names) {
        this.connection = connection;
        this.settings = settings;
        this.names = names;
        this.quoted = new SqlIdentifier(names.publication()).quoted();
    }

    PublicationOutcome ensure(List<TableId> tables) throws SQLException {
        if (names.provided()) {
            return new PublicationOutcome.Unchanged();
        }
        FoundPublication found = new Catalog(connection).publication(names.publication(), tables);
        if (found != null && !found.isOurs(names)) {
            return new PublicationOutcome.Refused(new Finding(
                    Reason.PublicationNotOwned,
                    "publication " + names.publication()
                            + " exists and Tributary did not make it for this pipeline: drop it,"
                            + " or rename the pipeline"));
        }
        try {
            if (found == null) {
                create(tables);
                return new PublicationOutcome.Created();
            }
            return change(found, tables);
        } catch (SQLException e) {
            if (INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                return new PublicationOutcome.Refused(notPermitted());
            }
            throw e;
        }
    }

    /** In one transaction: a publication without our mark would be nobody's. */
    private void create(List<TableId> tables) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE PUBLICATION " + quoted + " FOR TABLE " + SqlIdentifier.quoted(tables) + " WITH " + OPTIONS);
            statement.execute(
                    "COMMENT ON PUBLICATION " + quoted + " IS '" + names.mark().replace("'", "''") + "'");
            connection.commit();
        }
    }

    private PublicationOutcome change(FoundPublication found, List<TableId> tables) throws SQLException {
        Set<TableId> there = new LinkedHashSet<>();
        try (PreparedStatement query = connection.prepareStatement(TABLES)) {
            query.setString(1, names.publication());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    there.add(new TableId(rows.getString(1), rows.getString(2)));
                }
            }
        }
        List<TableId> added = tables.stream().filter(t -> !there.contains(t)).toList();
        List<TableId> removed = there.stream().filter(t -> !tables.contains(t)).toList();
        if (found.isWhole() && added.isEmpty() && removed.isEmpty()) {
            return new PublicationOutcome.Unchanged();
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            // Setting the tables anew also takes row filters and column lists off them.
            statement.execute("ALTER PUBLICATION " + quoted + " SET TABLE " + SqlIdentifier.quoted(tables));
            statement.execute("ALTER PUBLICATION " + quoted + " SET " + OPTIONS);
            connection.commit();
        }
        return new PublicationOutcome.Changed(added, removed);
    }

    void dropIfOurs() throws SQLException {
        FoundPublication found = new Catalog(connection).publication(names.publication(), List.of());
        if (!names.provided() && found != null && found.isOurs(names)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("DROP PUBLICATION IF EXISTS " + quoted);
            }
        }
    }

    private Finding notPermitted() {
        return new Finding(
                Reason.PublicationNotPermitted,
                "user " + settings.username()
                        + " may not publish the listed tables: it needs ownership of each, and GRANT"
                        + " CREATE ON DATABASE " + new SqlIdentifier(settings.database()).quoted() + " TO "
                        + new SqlIdentifier(settings.username()).quoted());
    }
}
