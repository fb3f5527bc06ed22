package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where the snapshot ends and the stream begins, peers lose rows or keep ghosts. */
@ExtendWith(BoxExtension.class)
class SnapshotEdgeTest {

    private final TestBox box;

    SnapshotEdgeTest(TestBox box) {
        this.box = box;
    }

    /** Debezium would read the tables again beside what it sent before, and never tell of rows deleted in between. */
    @Test
    void aSnapshotThatWasInterruptedBeginsANewEpoch() throws SQLException {
        Client client = Client.create(box, "cut");
        client.database()
                .run(
                        "CREATE TABLE a_first (id int PRIMARY KEY, note text)",
                        "INSERT INTO a_first SELECT n, 'note ' || n FROM generate_series(1, 50000) n",
                        "CREATE TABLE b_second (id int PRIMARY KEY, note text)",
                        "INSERT INTO b_second SELECT n, 'note ' || n FROM generate_series(1, 100) n");
        try (Connection lock = client.database().connect();
                Statement statement = lock.createStatement()) {
            lock.setAutoCommit(false);
            client.apply("a_first", "b_second");
            await().atMost(Client.PATIENCE).pollInterval(Duration.ofMillis(20)).untilAsserted(() -> assertThat(
                            box.postgres()
                                    .value("SELECT count(*) FROM pg_replication_slots WHERE database = '"
                                            + client.name() + "'"))
                    .isEqualTo("1"));
            // The snapshot comes as far as here and no farther.
            statement.execute("LOCK TABLE b_second IN ACCESS EXCLUSIVE MODE");
            await().atMost(Client.PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(
                            Integer.parseInt(box.clickHouse().ask("SELECT count() FROM " + client.sink("a_first"))))
                    .isGreaterThan(1000));
            client.database()
                    .run(
                            "DELETE FROM a_first WHERE id <= 1000",
                            "UPDATE a_first SET note = 'other' WHERE id BETWEEN 1001 AND 2000");

            box.restartTasks(client.pipeline().getStatus().effective().connector());

            await().atMost(Client.PATIENCE).untilAsserted(() -> assertThat(
                            client.pipeline().getStatus().effective().epoch())
                    .isEqualTo(2));
            lock.rollback();
        }
        client.awaitCondition("SnapshotComplete", "True", "Streaming");
        client.awaitReady();
        assertThat(client.differences("a_first", "id")).isEmpty();
        assertThat(client.differences("b_second", "id")).isEmpty();
        client.deleteAndAwait();
    }
}
