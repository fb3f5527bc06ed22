package dev.tributary.operator.source.postgres;

import dev.tributary.operator.source.CaptureNames;
import dev.tributary.operator.source.CaptureNames.Management;
import dev.tributary.operator.source.ConnectionSettings;
import dev.tributary.operator.source.Inspection;
import dev.tributary.operator.source.InspectionRequest;
import dev.tributary.operator.source.Reason;
import dev.tributary.operator.source.RowKey;
import dev.tributary.operator.source.Secret;
import dev.tributary.operator.source.TableId;
import dev.tributary.operator.source.TlsMode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A database of a test's own on a real server, and a user of it who may log in and stream, and no more.
 *
 * @param server the server, which asks for no password
 * @param name the database
 */
record ClientDatabase(EmbeddedPostgres server, String name) {

    static final int MEBIBYTE = 1024 * 1024;

    private static final AtomicInteger COUNT = new AtomicInteger();

    static ClientDatabase create(EmbeddedPostgres server) throws SQLException {
        ClientDatabase created = new ClientDatabase(server, "db" + COUNT.incrementAndGet());
        new ClientDatabase(server, "postgres")
                .run("CREATE DATABASE " + created.name, "CREATE ROLE " + created.user() + " LOGIN REPLICATION");
        return created;
    }

    String user() {
        return "user_" + name;
    }

    ConnectionSettings admin() {
        return as("postgres");
    }

    ConnectionSettings as(String user) {
        return new ConnectionSettings(
                "127.0.0.1", server.getPort(), name, user, new Secret("x"), TlsMode.DISABLE, null);
    }

    CaptureNames names() {
        return new CaptureNames("slot_" + name, "pub_" + name, Management.MANAGED, "acme/shop");
    }

    CaptureNames provided() {
        return new CaptureNames("slot_" + name, "client-tables", Management.PROVIDED, "acme/shop");
    }

    Inspection inspect(ConnectionSettings settings, TableId... tables) {
        return inspect(settings, names(), tables);
    }

    Inspection inspect(ConnectionSettings settings, CaptureNames names, TableId... tables) {
        return new PostgresSource()
                .inspect(new InspectionRequest(settings, names, List.of(tables), Map.of(), Set.of(), MEBIBYTE));
    }

    /** Of tables that are captured. */
    Inspection inspectCaptured(TableId... tables) {
        Set<String> captured = Stream.of(tables).map(TableId::toString).collect(Collectors.toSet());
        return new PostgresSource()
                .inspect(new InspectionRequest(admin(), names(), List.of(tables), Map.of(), captured, MEBIBYTE));
    }

    /**
     * Of one table with a key of the user's choice.
     *
     * @param captured what is captured already
     */
    Inspection inspect(TableId table, RowKey key, Set<String> captured) {
        return new PostgresSource()
                .inspect(new InspectionRequest(
                        admin(), names(), List.of(table), Map.of(table, key), captured, MEBIBYTE));
    }

    static List<Reason> reasons(Inspection inspection) {
        return inspection instanceof Inspection.Refused refused
                ? refused.findings().stream().map(f -> f.reason()).toList()
                : List.of();
    }

    static List<String> messages(Inspection inspection) {
        return inspection instanceof Inspection.Refused refused
                ? refused.findings().stream().map(f -> f.message()).toList()
                : List.of();
    }

    void createSlot() throws SQLException {
        run("SELECT pg_create_logical_replication_slot('" + names().slot() + "', 'pgoutput')");
    }

    /** As superuser. */
    Connection connect() throws SQLException {
        return server.getDatabase("postgres", name).getConnection();
    }

    /** As superuser. */
    void run(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of the first row, asked as superuser. */
    String value(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** As the user, for replication commands. */
    Connection replication() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user());
        properties.setProperty("replication", "database");
        properties.setProperty("assumeMinServerVersion", "14");
        properties.setProperty("preferQueryMode", "simple");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name, properties);
    }
}
