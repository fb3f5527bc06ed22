package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.api.v1alpha1.PostgresqlSource;
import dev.tributary.api.v1alpha1.TenantPipelineSpec;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Another server answers under the name of the one that was captured: nothing is resumed, and the way out ends well. */
@Tag("long")
@ExtendWith(BoxExtension.class)
class ReplacedServerTest {

    private final TestBox box;

    @TempDir
    private Path folder;

    ReplacedServerTest(TestBox box) {
        this.box = box;
    }

    @Test
    void aFreshServerOfTheSameName() throws Exception {
        Client client;
        int port;
        try (EmbeddedPostgres first = start("first", 0)) {
            port = first.getPort();
            client = onboarded(first);
        }
        awaitStopped("first");
        try (EmbeddedPostgres second = start("second", port)) {
            makeDatabase(client, second, 50);

            client.awaitCondition("DataLoss", "True", "ServerReplaced");
            takeAnew(client);
            // The one that was captured may run on elsewhere, and with it its slot.
            assertAbandoned(client, port);
            client.deleteAndAwait();
        }
    }

    /** A copy of a server's files has the same system identifier, but a base backup has no slots. */
    @Test
    void aBaseBackupRestoredUnderTheSameName() throws Exception {
        Client client;
        int port;
        try (EmbeddedPostgres first = start("first", 0)) {
            port = first.getPort();
            client = onboarded(first);
            run(first, "postgres", "CHECKPOINT");
        }
        awaitStopped("first");
        copy(folder.resolve("first"), folder.resolve("backup"));
        delete(folder.resolve("backup/pg_replslot"));
        try (EmbeddedPostgres restored = start("backup", port)) {
            client.database().run("DELETE FROM items WHERE id = 100");

            client.awaitCondition("DataLoss", "True", "SlotMissing");
            wayOut(client);
            assertThat(restored.getPort()).isEqualTo(port);
        }
    }

    @Test
    void aReplicaThatWasPromoted() throws Exception {
        Client client;
        int port;
        try (EmbeddedPostgres first = start("first", 0)) {
            port = first.getPort();
            client = onboarded(first);
        }
        awaitStopped("first");
        Files.createFile(folder.resolve("first/standby.signal"));
        try (EmbeddedPostgres replica = start("first", port)) {
            run(replica, "postgres", "SELECT pg_promote()");

            client.awaitCondition("DataLoss", "True", "TimelineChanged");
            wayOut(client);
        }
    }

    @Test
    void aSlotThatTheServerGaveUp() throws Exception {
        try (EmbeddedPostgres server = builder("first", 0)
                .setServerConfig("max_slot_wal_keep_size", "16MB")
                .setServerConfig("max_wal_size", "32MB")
                .start()) {
            Client client = onboarded(server);
            client.apply(s -> paused(withoutTls(s)), "items");
            client.awaitCondition("Ready", "True", "Paused");
            assertThat(client.pipeline().getStatus().paused().sourceKeeps()).contains("at most 16MB");
            for (int i = 0; i < 6; i++) {
                run(server, client.name(), "UPDATE items SET note = note || '+'", "SELECT pg_switch_wal()");
            }
            run(server, "postgres", "CHECKPOINT");

            client.apply(ReplacedServerTest::withoutTls, "items");

            client.awaitCondition("DataLoss", "True", "SlotInvalidated");
            wayOut(client);
        }
    }

    /** A slot that stayed behind would fill the disk of a server that nobody thinks of any more. */
    @Test
    void aClientThatMovedToAnotherServerLeavesNothingAtTheOldOne() throws Exception {
        try (EmbeddedPostgres first = start("first", 0);
                EmbeddedPostgres second = start("second", 0)) {
            Client before = onboarded(first);
            Client client = before.movedTo(second.getPort());
            makeDatabase(client, second, 50);

            client.apply(ReplacedServerTest::withoutTls, "items");

            client.awaitCondition("DataLoss", "True", "ServerReplaced");
            takeAnew(client);
            assertThat(value(first, "postgres", "SELECT count(*) FROM pg_replication_slots"))
                    .isEqualTo("0");
            assertThat(value(first, client.name(), "SELECT count(*) FROM pg_publication"))
                    .isEqualTo("0");
            client.deleteAndAwait();
        }
    }

    @Test
    void anOldServerThatLetsNobodyInIsNotWaitedFor() throws Exception {
        try (EmbeddedPostgres first = start("first", 0);
                EmbeddedPostgres second = start("second", 0)) {
            Client before = onboarded(first);
            Client client = before.movedTo(second.getPort());
            makeDatabase(client, second, 50);
            run(first, "postgres", "ALTER ROLE " + client.name() + " NOLOGIN");

            client.apply(ReplacedServerTest::withoutTls, "items");

            client.awaitCondition("DataLoss", "True", "ServerReplaced");
            client.annotate("tributary.dev/resnapshot", "2");
            assertThat(client.awaitCondition("SourceReady", "False", "AuthenticationFailed"))
                    .contains("127.0.0.1:" + first.getPort(), "tributary.dev/abandon-source=true");

            client.annotate("tributary.dev/abandon-source", "true");

            client.awaitReady();
            assertThat(client.differences("items", "id")).isEmpty();
            assertAbandoned(client, first.getPort());
            client.deleteAndAwait();
        }
    }

    /** A typing error must not cost a snapshot, and two databases must not be mixed. */
    @Test
    void anotherDatabaseOfTheSameServerIsTakenOnlyWhenAsked() throws Exception {
        try (EmbeddedPostgres server = start("first", 0)) {
            Client client = onboarded(server);
            run(server, "postgres", "CREATE DATABASE other OWNER " + client.name());
            client.database()
                    .in("other")
                    .run("CREATE TABLE items (id int PRIMARY KEY, note text)", "INSERT INTO items VALUES (7, 'other')");
            client.apply(s -> ofDatabase(withoutTls(s), "other"), "items");
            assertThat(client.awaitCondition("SourceReady", "False", "DatabaseChanged"))
                    .contains(client.name(), "other", "tributary.dev/resnapshot=2");
            client.database().run("DELETE FROM items WHERE id = 100");
            client.awaitEqual("items", "id");
            client.apply(ReplacedServerTest::withoutTls, "items");
            client.awaitReady();
            client.apply(s -> ofDatabase(withoutTls(s), "other"), "items");

            client.annotate("tributary.dev/resnapshot", "2");

            client.awaitReady();
            assertThat(box.clickHouse()
                            .ask("SELECT groupArray(id) FROM " + client.sink("items") + " FINAL WHERE NOT _deleted"))
                    .isEqualTo("[7]");
            assertThat(value(server, client.name(), "SELECT count(*) FROM pg_publication"))
                    .isEqualTo("0");
            client.deleteAndAwait();
            assertThat(value(server, "postgres", "SELECT count(*) FROM pg_replication_slots"))
                    .isEqualTo("0");
        }
    }

    private static TenantPipelineSpec ofDatabase(TenantPipelineSpec spec, String database) {
        return RefusedClient.withPostgresql(
                spec,
                p -> new PostgresqlSource(p.host(), p.port(), database, p.credentials(), p.tls(), p.publication()));
    }

    private static TenantPipelineSpec paused(TenantPipelineSpec s) {
        return new TenantPipelineSpec(
                s.tenant(), s.classRef(), TenantPipelineSpec.DesiredState.Paused, s.source(), s.deletionPolicy());
    }

    /** A server that was told to stop may still be tidying up. */
    private void awaitStopped(String data) {
        await().atMost(Client.PATIENCE)
                .untilAsserted(() -> assertThat(folder.resolve(data).resolve("postmaster.pid"))
                        .doesNotExist());
    }

    private EmbeddedPostgres start(String data, int port) throws IOException {
        return builder(data, port).start();
    }

    private EmbeddedPostgres.Builder builder(String data, int port) {
        return EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(2))
                .setPort(port)
                .setDataDirectory(folder.resolve(data))
                .setCleanDataDirectory(false)
                .setServerConfig("wal_level", "logical");
    }

    private Client onboarded(EmbeddedPostgres server) throws SQLException {
        Client client = Client.withOwnServer(box, "replaced", server.getPort());
        makeDatabase(client, server, 100);
        client.apply(ReplacedServerTest::withoutTls, "items");
        client.awaitReady();
        client.awaitCondition("SnapshotComplete", "True", "Streaming");
        client.awaitEqual("items", "id");
        return client;
    }

    private static void makeDatabase(Client client, EmbeddedPostgres server, int rows) throws SQLException {
        run(server, "postgres", client.databaseAndOwner());
        client.database()
                .run(
                        "CREATE TABLE items (id int PRIMARY KEY, note text)",
                        "INSERT INTO items SELECT n, 'note ' || n FROM generate_series(1, " + rows + ") n");
    }

    private static TenantPipelineSpec withoutTls(TenantPipelineSpec spec) {
        return RefusedClient.withPostgresql(
                spec,
                p -> new PostgresqlSource(
                        p.host(),
                        p.port(),
                        p.database(),
                        p.credentials(),
                        new PostgresqlSource.Tls(PostgresqlSource.TlsMode.Disable, null),
                        null));
    }

    private void wayOut(Client client) {
        takeAnew(client);
        client.deleteAndAwait();
    }

    private static void assertAbandoned(Client client, int port) {
        assertThat(client.events("SourceAbandoned")).singleElement().satisfies(event -> assertThat(event.getMessage())
                .contains("127.0.0.1:" + port, "system identifier", "pg_drop_replication_slot"));
    }

    private void takeAnew(Client client) {
        client.awaitCondition(
                "Ready", "False", client.awaitStatus("DataLoss", "True").getReason());
        client.database().run("DELETE FROM items WHERE id <= 10", "INSERT INTO items VALUES (1000, 'new')");

        client.annotate("tributary.dev/resnapshot", "2");

        client.awaitReady();
        client.awaitCondition("DataLoss", "False", "NoLossKnown");
        assertThat(client.differences("items", "id")).isEmpty();
    }

    private static String value(EmbeddedPostgres server, String database, String query) throws SQLException {
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void run(EmbeddedPostgres server, String database, String... statements) throws SQLException {
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** What is in a folder; the folder itself stays. */
    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                if (!file.equals(folder)) {
                    Files.delete(file);
                }
            }
        }
    }
}
