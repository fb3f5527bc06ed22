package dev.tributary.operator.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.operator.source.CaptureLook;
import dev.tributary.operator.source.DropOutcome;
import dev.tributary.operator.source.Reason;
import dev.tributary.operator.source.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;
import org.postgresql.replication.PGReplicationStream;

/** Slots, and taking a capture away, on a real PostgreSQL. */
@ExtendWith(ClientDatabases.class)
class PostgresCaptureTest {

    private final PostgresSource source = new PostgresSource();
    private final ClientDatabase database;

    PostgresCaptureTest(ClientDatabase database) {
        this.database = database;
    }

    @Test
    void slotAndPublicationGoAndGoingAgainIsFine() throws SQLException {
        database.run("CREATE TABLE a (id int PRIMARY KEY)");
        source.ensurePublication(database.admin(), database.names(), List.of(new TableId("public", "a")));
        database.run(
                "SELECT pg_create_logical_replication_slot('" + database.names().slot() + "', 'pgoutput')");
        assertThat(((CaptureLook.Seen) source.captureState(database.admin(), database.names(), List.of())).streaming())
                .isFalse();

        DropOutcome outcome = source.dropCapture(database.admin(), database.names());

        assertThat(outcome).isInstanceOf(DropOutcome.Gone.class);
        assertThat((CaptureLook.Seen) source.captureState(database.admin(), database.names(), List.of()))
                .returns(null, CaptureLook.Seen::slot)
                .returns(false, CaptureLook.Seen::publicationExists);
        assertThat(source.dropCapture(database.admin(), database.names())).isInstanceOf(DropOutcome.Gone.class);
    }

    /** Debezium makes its slot and its snapshot in one step, which waits for every open transaction. */
    @Test
    void aSlotThatIsStillBeingMadeIsNotStreamedFrom() throws Exception {
        database.run("CREATE TABLE a (id int PRIMARY KEY)");
        try (Connection open = database.connect();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("INSERT INTO a VALUES (1)");
            Thread maker = Thread.ofVirtual().start(this::createSlotOverReplication);
            await().untilAsserted(() ->
                    assertThat(slot()).extracting(CaptureLook.Slot::active).isEqualTo(true));

            CaptureLook.Slot seen = slot();

            assertThat(seen.streaming()).isFalse();
            assertThat(seen.isBeingMade()).isTrue();
            open.rollback();
            maker.join();
        }
    }

    @Test
    void aSlotIsStreamedFromOnceItsReaderBegan() throws Exception {
        createSlotOverReplication();
        try (Connection replication = database.replication()) {
            PGReplicationStream stream = replication
                    .unwrap(PGConnection.class)
                    .getReplicationAPI()
                    .replicationStream()
                    .logical()
                    .withSlotName(database.names().slot())
                    .withSlotOption("proto_version", 1)
                    .withSlotOption("publication_names", database.names().publication())
                    .start();

            await().untilAsserted(() -> assertThat(slot().streaming()).isTrue());

            assertThat(source.dropCapture(database.admin(), database.names()))
                    .isInstanceOf(DropOutcome.StillActive.class);
            await().untilAsserted(() -> assertThat(source.dropCapture(database.admin(), database.names()))
                    .isInstanceOf(DropOutcome.Gone.class));
            assertThat(stream.isClosed()).isFalse();
        }
    }

    /** As a client's own user sees it: PostgreSQL keeps the details of a walsender from ordinary users. */
    private CaptureLook.Slot slot() {
        return ((CaptureLook.Seen) source.captureState(database.as(database.user()), database.names(), List.of()))
                .slot();
    }

    private void createSlotOverReplication() {
        try (Connection replication = database.replication()) {
            replication
                    .unwrap(PGConnection.class)
                    .getReplicationAPI()
                    .createReplicationSlot()
                    .logical()
                    .withSlotName(database.names().slot())
                    .withOutputPlugin("pgoutput")
                    .make();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aSlotOfAnotherDatabaseIsLeftAlone() throws SQLException {
        ClientDatabase other = ClientDatabase.create(database.server());
        other.run(
                "SELECT pg_create_logical_replication_slot('" + database.names().slot() + "', 'pgoutput')");

        DropOutcome outcome = source.dropCapture(database.admin(), database.names());

        assertThat(outcome).isInstanceOf(DropOutcome.Gone.class);
        assertThat(database.value("SELECT database FROM pg_replication_slots WHERE slot_name = '"
                        + database.names().slot() + "'"))
                .isEqualTo(other.name());
        database.run("CREATE TABLE a (id int PRIMARY KEY)");
        assertThat(ClientDatabase.reasons(database.inspect(database.admin(), new TableId("public", "a"))))
                .containsExactly(Reason.PublicationNotOwned);
    }
}
