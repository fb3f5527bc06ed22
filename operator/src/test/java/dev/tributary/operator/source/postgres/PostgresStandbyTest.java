package dev.tributary.operator.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.operator.source.CaptureLook;
import dev.tributary.operator.source.Inspection;
import dev.tributary.operator.source.Reason;
import dev.tributary.operator.source.TableId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real PostgreSQL in recovery, which lets everybody read, and nobody make a publication. */
class PostgresStandbyTest {

    private static final TableId ITEMS = new TableId("public", "items");

    @TempDir
    private Path folder;

    @Test
    void aStandbyIsRefused() throws Exception {
        String name;
        try (EmbeddedPostgres primary = server().start()) {
            ClientDatabase database = ClientDatabase.create(primary);
            database.run("CREATE TABLE items (id int PRIMARY KEY)");
            name = database.name();
        }
        await().untilAsserted(
                        () -> assertThat(folder.resolve("data/postmaster.pid")).doesNotExist());
        Files.createFile(folder.resolve("data/standby.signal"));
        try (EmbeddedPostgres standby = server().start()) {
            ClientDatabase database = new ClientDatabase(standby, name);

            Inspection refused = database.inspect(database.admin(), ITEMS);

            assertThat(ClientDatabase.reasons(refused)).containsExactly(Reason.NotPrimary);
            CaptureLook look = new PostgresSource().captureState(database.admin(), database.names(), List.of(ITEMS));
            assertThat(look).isInstanceOf(CaptureLook.Refused.class);
        }
    }

    private EmbeddedPostgres.Builder server() {
        return EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(2))
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setServerConfig("wal_level", "logical");
    }
}
