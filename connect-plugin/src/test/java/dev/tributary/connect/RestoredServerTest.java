package dev.tributary.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.debezium.connector.postgresql.PostgresConnector;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real PostgreSQL whose disk was put back to an earlier state, slot and all: nothing about it tells that it is not the
 * one that was captured, but for a log that ends before the stored position.
 */
class RestoredServerTest {

    private static final String NAME = "shop";

    @TempDir
    private Path folder;

    private Map<String, ?> stored;

    @BeforeEach
    void captureMoreThanTheBackupHas() throws Exception {
        try (EmbeddedPostgres server = start("data")) {
            run(server, "postgres", "CREATE DATABASE " + NAME);
            run(server, NAME, "CREATE TABLE items (id int PRIMARY KEY)", "CREATE PUBLICATION shop FOR TABLE items");
            stored = insertAndCapture(server, 1, null);
        }
        copy(folder.resolve("data"), folder.resolve("backup"));
        try (EmbeddedPostgres server = start("data")) {
            run(server, NAME, "SELECT pg_switch_wal()");
            stored = insertAndCapture(server, 2, stored);
        }
    }

    @Test
    void debeziumLeavesOutWhatIsCommittedUntilTheLogHasCaughtUp() throws Exception {
        try (EmbeddedPostgres restored = start("backup");
                Capture capture = capture(restored, new PostgresConnector())) {
            run(restored, NAME, "INSERT INTO items VALUES (3)", "SELECT pg_switch_wal()");
            run(restored, NAME, "INSERT INTO items VALUES (5)", "SELECT pg_switch_wal()");
            run(restored, NAME, "INSERT INTO items VALUES (4)");

            List<SourceRecord> sent = capture.until(r -> Capture.id(r) == 4);

            assertThat(sent).extracting(Capture::id).doesNotContain(3);
        }
    }

    @Test
    void theGuardStops() throws Exception {
        try (EmbeddedPostgres restored = start("backup")) {
            assertThatThrownBy(() ->
                            capture(restored, new GuardedPostgresConnector()).close())
                    .isInstanceOf(ConnectException.class)
                    .hasMessageStartingWith("PositionLost: the server's log ends at ");
        }
    }

    private Capture capture(EmbeddedPostgres server, SourceConnector connector) {
        return Capture.start(connector, Capture.config(NAME, server.getPort()), stored);
    }

    private static Map<String, ?> insertAndCapture(EmbeddedPostgres server, int id, Map<String, ?> from)
            throws SQLException {
        try (Capture capture =
                Capture.start(new GuardedPostgresConnector(), Capture.config(NAME, server.getPort()), from)) {
            run(server, NAME, "INSERT INTO items VALUES (" + id + ")");
            List<SourceRecord> sent = capture.until(r -> Capture.id(r) == id);
            return sent.get(sent.size() - 1).sourceOffset();
        }
    }

    private EmbeddedPostgres start(String data) throws IOException {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> Files.notExists(folder.resolve(data).resolve("postmaster.pid")));
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve(data))
                .setCleanDataDirectory(false)
                .setServerConfig("wal_level", "logical")
                .setPGStartupWait(Duration.ofMinutes(2))
                .start();
    }

    private static void run(EmbeddedPostgres server, String database, String... statements) throws SQLException {
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void copy(Path from, Path to) throws IOException {
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.notExists(from.resolve("postmaster.pid")));
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
