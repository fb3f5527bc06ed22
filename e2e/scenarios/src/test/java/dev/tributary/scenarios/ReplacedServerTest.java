package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
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

    private OwnServers servers;

    ReplacedServerTest(TestBox box) {
        this.box = box;
    }

    @BeforeEach
    void servers() {
        servers = new OwnServers(box, folder);
    }

    @Test
    void aFreshServerOfTheSameName() throws Exception {
        Client client;
        int port;
        try (EmbeddedPostgres first = servers.start("first", 0)) {
            port = first.getPort();
            client = servers.onboarded(first);
        }
        servers.awaitStopped("first");
        try (EmbeddedPostgres second = servers.start("second", port)) {
            OwnServers.makeDatabase(client, second, 50);

            client.awaitCondition("DataLoss", "True", "ServerReplaced");
            OwnServers.takeAnew(client);
            // The one that was captured may run on elsewhere, and with it its slot.
            OwnServers.assertAbandoned(client, port);
            client.deleteAndAwait();
        }
    }

    /** A copy of a server's files has the same system identifier, but a base backup has no slots. */
    @Test
    void aBaseBackupRestoredUnderTheSameName() throws Exception {
        Client client;
        int port;
        try (EmbeddedPostgres first = servers.start("first", 0)) {
            port = first.getPort();
            client = servers.onboarded(first);
            OwnServers.run(first, "postgres", "CHECKPOINT");
        }
        servers.awaitStopped("first");
        copy(folder.resolve("first"), folder.resolve("backup"));
        delete(folder.resolve("backup/pg_replslot"));
        try (EmbeddedPostgres restored = servers.start("backup", port)) {
            client.database().run("DELETE FROM items WHERE id = 100");

            client.awaitCondition("DataLoss", "True", "SlotMissing");
            OwnServers.wayOut(client);
            assertThat(restored.getPort()).isEqualTo(port);
        }
    }

    @Test
    void aReplicaThatWasPromoted() throws Exception {
        Client client;
        int port;
        try (EmbeddedPostgres first = servers.start("first", 0)) {
            port = first.getPort();
            client = servers.onboarded(first);
        }
        servers.awaitStopped("first");
        Files.createFile(folder.resolve("first/standby.signal"));
        try (EmbeddedPostgres replica = servers.start("first", port)) {
            OwnServers.run(replica, "postgres", "SELECT pg_promote()");

            client.awaitCondition("DataLoss", "True", "TimelineChanged");
            OwnServers.wayOut(client);
        }
    }

    @Test
    void aSlotThatTheServerGaveUp() throws Exception {
        try (EmbeddedPostgres server = servers.builder("first", 0)
                .setServerConfig("max_slot_wal_keep_size", "16MB")
                .setServerConfig("max_wal_size", "32MB")
                .start()) {
            Client client = servers.onboarded(server);
            client.apply(s -> SpecChange.paused(OwnServers.withoutTls(s)), "items");
            client.awaitCondition("Ready", "True", "Paused");
            assertThat(client.pipeline().getStatus().paused().sourceKeeps()).contains("at most 16MB");
            for (int i = 0; i < 6; i++) {
                OwnServers.run(server, client.name(), "UPDATE items SET note = note || '+'", "SELECT pg_switch_wal()");
            }
            OwnServers.run(server, "postgres", "CHECKPOINT");

            client.apply(OwnServers::withoutTls, "items");

            client.awaitCondition("DataLoss", "True", "SlotInvalidated");
            OwnServers.wayOut(client);
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
