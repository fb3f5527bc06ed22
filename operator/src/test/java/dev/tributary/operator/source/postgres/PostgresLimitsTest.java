package dev.tributary.operator.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.operator.source.Inspection;
import dev.tributary.operator.source.Reason;
import dev.tributary.operator.source.TableId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a real PostgreSQL with room for one slot and one sender. */
class PostgresLimitsTest {

    private static final TableId ITEMS = new TableId("public", "items");

    private static EmbeddedPostgres server;

    private ClientDatabase database;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(2))
                .setServerConfig("wal_level", "logical")
                .setServerConfig("max_replication_slots", "1")
                .setServerConfig("max_wal_senders", "1")
                .setServerConfig("max_slot_wal_keep_size", "10GB")
                .setServerConfig("idle_replication_slot_timeout", "1d")
                .start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void createDatabase() throws SQLException {
        database = ClientDatabase.create(server);
        database.run(
                "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots",
                "CREATE TABLE items (id int PRIMARY KEY)");
    }

    @Test
    void aSlotOfSomebodyElseThatTakesTheLastPlaceIsToldOf() throws SQLException {
        database.run("SELECT pg_create_physical_replication_slot('backup')");

        Inspection refused = database.inspect(database.admin(), ITEMS);

        assertThat(ClientDatabase.reasons(refused)).containsExactly(Reason.NoFreeReplicationSlot);
        assertThat(ClientDatabase.messages(refused).get(0))
                .contains("all 1 replication slots", "ALTER SYSTEM SET max_replication_slots = 2");
    }

    /** A replication connection takes a sender as long as it lives, whatever it does. */
    @Test
    void aSenderOfSomebodyElseThatTakesTheLastPlaceIsToldOf() throws SQLException {
        try (Connection replication = database.replication()) {
            Inspection refused = database.inspect(database.admin(), ITEMS);

            assertThat(ClientDatabase.reasons(refused)).containsExactly(Reason.NoFreeReplicationSlot);
            assertThat(ClientDatabase.messages(refused).get(0)).contains("max_wal_senders");
            assertThat(replication.isClosed()).isFalse();
        }
    }

    @Test
    void ourOwnSlotDoesNotStandInItsOwnWay() throws SQLException {
        new PostgresSource().ensurePublication(database.admin(), database.names(), List.of(ITEMS));
        database.createSlot();

        Inspection inspection = database.inspect(database.admin(), ITEMS);

        assertThat(inspection).isInstanceOf(Inspection.Found.class);
    }

    @Test
    void whatMayHurtLaterIsNoted() {
        Inspection inspection = database.inspect(database.admin(), ITEMS);

        assertThat(((Inspection.Found) inspection).notes())
                .anyMatch(n -> n.startsWith("max_slot_wal_keep_size is 10GB"))
                .anyMatch(n -> n.startsWith("idle_replication_slot_timeout is 1d"));
    }
}
