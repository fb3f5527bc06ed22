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
import java.util.Optional;
import java.util.Set;

/** One pipeline's publication: exactly its tables, and a comment that says whose it is. */
final class Publication {

    private static final String COMMENT = """
            SELECT coalesce(obj_description(oid, 'pg_publication'), '') FROM pg_catalog.pg_publication WHERE pubname = ?
            """;

    private static final String TABLES = """
            SELECT schemaname, tablename FROM pg_catalog.pg_publication_tables WHERE pubname = ? ORDER BY 1, 2
            """;

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

    /** The comment on the publication, empty text when it has none; empty when there is no publication. */
    Optional<String> comment() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(COMMENT)) {
            query.setString(1, names.publication());
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        }
    }

    PublicationOutcome ensure(List<TableId> tables) throws SQLException {
        Optional<String> comment = comment();
        if (comment.isPresent() && !comment.get().equals(names.mark())) {
            return new PublicationOutcome.Refused(new Finding(
                    Reason.PublicationNotOwned,
                    "publication " + names.publication()
                            + " exists and Tributary did not make it for this pipeline: drop it,"
                            + " or rename the pipeline"));
        }
        try {
            if (comment.isEmpty()) {
                create(tables);
                return new PublicationOutcome.Created();
            }
            return change(tables);
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
            statement.execute("CREATE PUBLICATION " + quoted + " FOR TABLE " + SqlIdentifier.quoted(tables)
                    + " WITH (publish_via_partition_root = true)");
            statement.execute(
                    "COMMENT ON PUBLICATION " + quoted + " IS '" + names.mark().replace("'", "''") + "'");
            connection.commit();
        }
    }

    private PublicationOutcome change(List<TableId> tables) throws SQLException {
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
        if (added.isEmpty() && removed.isEmpty()) {
            return new PublicationOutcome.Unchanged();
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("ALTER PUBLICATION " + quoted + " SET TABLE " + SqlIdentifier.quoted(tables));
        }
        return new PublicationOutcome.Changed(added, removed);
    }

    void dropIfOurs() throws SQLException {
        if (comment().filter(names.mark()::equals).isPresent()) {
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
