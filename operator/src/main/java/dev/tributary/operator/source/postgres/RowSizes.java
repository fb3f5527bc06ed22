package dev.tributary.operator.source.postgres;

import dev.tributary.operator.source.Finding;
import dev.tributary.operator.source.Reason;
import dev.tributary.operator.source.postgres.FoundTable.FoundColumn;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks for rows that would not fit into one record of Kafka. The size of a record is estimated as the JSON that PostgreSQL
 * makes of each value, as text, plus the names of the columns and what Debezium adds about where the row comes from; an
 * update under REPLICA IDENTITY FULL carries the row twice, which is not counted. Tables without a value that was too large
 * to be kept with its row are not read. The others are, for some seconds in all: the rest is not known.
 */
final class RowSizes {

    /** What surrounds a row: schema-less JSON of Debezium's envelope, key and header, about 700 bytes, with room to spare. */
    private static final int ENVELOPE = 2048;

    /** Quotes, colon and comma around a column's name. */
    private static final int PUNCTUATION = 4;

    /** The statement's time is up, or that of a lock. */
    private static final Set<String> OUT_OF_TIME = Set.of("57014", "55P03");

    private final Connection connection;
    private final int limit;
    private final Duration patience;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();

    /**
     * @param limit bytes that one record may have
     * @param patience how long all tables together may take
     */
    RowSizes(Connection connection, int limit, Duration patience) {
        this.connection = connection;
        this.limit = limit;
        this.patience = patience;
    }

    /** Looks at the tables one after the other, until the time is up. */
    void look(List<FoundTable> tables) throws SQLException {
        Set<Long> toasted = new Catalog(connection).toasted(tables);
        long deadline = System.nanoTime() + patience.toNanos();
        for (FoundTable table : tables) {
            if (toasted.contains(table.oid())) {
                long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
                look(table, left);
            }
        }
    }

    /** A table of which a row is too large. */
    List<Finding> findings() {
        return findings;
    }

    /** What could not be read in time, as a clause without an end. */
    List<String> notes() {
        return unknown.isEmpty()
                ? List.of()
                : List.of("whether every row of " + String.join(", ", unknown) + " fits into " + limit
                        + " bytes could not be told in time");
    }

    private void look(FoundTable table, long milliseconds) throws SQLException {
        if (milliseconds <= 0) {
            unknown.add(table.id().toString());
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = " + milliseconds);
            try (ResultSet tooLarge = statement.executeQuery(query(table))) {
                if (tooLarge.next()) {
                    findings.add(finding(table));
                }
            }
        } catch (SQLException e) {
            if (!OUT_OF_TIME.contains(e.getSQLState())) {
                throw e;
            }
            unknown.add(table.id().toString());
        }
    }

    private String query(FoundTable table) {
        int fixed = ENVELOPE
                + table.columns().stream()
                        .mapToInt(c -> c.name().getBytes(StandardCharsets.UTF_8).length + PUNCTUATION)
                        .sum();
        return "SELECT FROM " + SqlIdentifier.quoted(table.id()) + " WHERE "
                + table.columns().stream().map(RowSizes::size).collect(Collectors.joining(" + ")) + " > "
                + (limit - fixed) + " LIMIT 1";
    }

    /** Text is escaped once; json is text to Debezium, and so escaped once more than it is. NULL is a word of four letters. */
    private static String size(FoundColumn column) {
        String name = new SqlIdentifier(column.name()).quoted();
        String value = column.type().array() ? name : name + "::text";
        return "coalesce(octet_length(to_json(" + value + ")::text), 4)";
    }

    private Finding finding(FoundTable table) {
        String sql = SqlIdentifier.quoted(table.id());
        return new Finding(
                Reason.RecordTooLarge,
                "table " + table.id() + " has a row that makes a record of more than " + limit
                        + " bytes: raise kafka.topics.maxRecordBytes of the PipelineClass, leave the table out, or make the"
                        + " row smaller (SELECT ctid, octet_length(t::text) FROM " + sql
                        + " t ORDER BY 2 DESC LIMIT 5)");
    }
}
