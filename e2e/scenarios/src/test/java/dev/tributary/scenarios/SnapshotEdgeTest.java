package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;

/** Where the snapshot ends and the stream begins, peers lose rows or keep ghosts. */
@ExtendWith(BoxExtension.class)
class SnapshotEdgeTest {

    private final TestBox box;

    SnapshotEdgeTest(TestBox box) {
        this.box = box;
    }

    /**
     * PostgreSQL waits for the transactions that are open when a slot is made, and then for those open at the end of that
     * wait; what begins later is streamed, though its changes lie before the snapshot in the log. So a row read by the
     * snapshot has a higher LSN than the change that came after it.
     */
    @Test
    void aChangeOfATransactionThatWasOpenAtTheSnapshotBeatsWhatTheSnapshotRead() throws SQLException {
        Client client = Client.create(box, "open");
        client.database()
                .run(
                        "CREATE TABLE accounts (id int PRIMARY KEY, balance int NOT NULL)",
                        "INSERT INTO accounts SELECT n, 0 FROM generate_series(1, 100) n");
        try (Connection first = client.database().connect();
                Connection second = client.database().connect();
                Connection third = client.database().connect()) {
            change(first, "UPDATE accounts SET balance = 1 WHERE id = 1");
            client.apply("accounts");
            awaitWaitFor(first);
            change(second, "UPDATE accounts SET balance = 2 WHERE id = 2");
            first.commit();
            awaitWaitFor(second);
            change(third, "UPDATE accounts SET balance = 3 WHERE id BETWEEN 21 AND 30");
            change(third, "DELETE FROM accounts WHERE id = 31");
            change(third, "INSERT INTO accounts VALUES (101, 3)");
            second.commit();
            client.awaitCondition("SnapshotComplete", "True", "Streaming");

            third.commit();
        }

        client.awaitReady();
        client.awaitEqual("accounts", "id");
        client.deleteAndAwait();
    }

    private static void change(Connection connection, String sql) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Until whoever makes the slot waits for the end of this transaction. */
    private void awaitWaitFor(Connection open) throws SQLException {
        int pid = open.unwrap(PGConnection.class).getBackendPID();
        await().atMost(Client.PATIENCE).untilAsserted(() -> assertThat(box.postgres()
                        .value("SELECT count(*) FROM pg_locks w JOIN pg_locks h USING (transactionid)"
                                + " WHERE NOT w.granted AND h.granted AND h.pid = " + pid))
                .isEqualTo("1"));
    }

    /** Debezium would read the tables again beside what it sent before, and never tell of rows deleted in between. */
    @Test
    @Tag("long")
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
            // The snapshot comes as far as here and no farther. Nobody in the whole server gets a slot meanwhile.
            statement.execute("LOCK TABLE b_second IN ACCESS EXCLUSIVE MODE");
            await().atMost(Client.PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(
                            Integer.parseInt(box.clickHouse().ask("SELECT count() FROM " + client.sink("a_first"))))
                    .isGreaterThan(1000));
            client.database()
                    .run(
                            "DELETE FROM a_first WHERE id <= 1000",
                            "UPDATE a_first SET note = 'other' WHERE id BETWEEN 1001 AND 2000");

            box.restartTasks(client.pipeline().getStatus().effective().connector());
            // Released any sooner, the old task may come to its end before it is stopped.
            client.awaitCondition("SnapshotComplete", "False", "NewEpoch");
            lock.rollback();
        }
        client.awaitEpoch(2);
        client.awaitCondition("SnapshotComplete", "True", "Streaming");
        client.awaitReady();
        assertThat(client.differences("a_first", "id")).isEmpty();
        assertThat(client.differences("b_second", "id")).isEmpty();
        client.deleteAndAwait();
    }

    /** Such as by an administrator's limit: it would read the client's database again and again, and never end. */
    @Test
    @Tag("long")
    void aSnapshotThatBreaksOffAgainAndAgainWaitsForSomebody() {
        Client client = Client.create(box, "never");
        client.database()
                .run(
                        "CREATE TABLE items (id int PRIMARY KEY, note text)",
                        "INSERT INTO items SELECT n, repeat('note ', 40) FROM generate_series(1, 400000) n");
        box.postgres().run("ALTER ROLE " + client.name() + " SET transaction_timeout = '1s'");

        client.apply("items");

        client.awaitEpoch(2);
        client.awaitEpoch(3);
        client.awaitEpoch(4);
        assertThat(client.awaitCondition("CaptureReady", "False", "SnapshotFails"))
                .contains("4 times", "tributary.dev/resnapshot=5");
        box.postgres().run("ALTER ROLE " + client.name() + " RESET transaction_timeout");
        client.database().run("DELETE FROM items WHERE id > 300000");
        client.annotate("tributary.dev/resnapshot", "5");
        client.awaitReady();
        assertThat(client.differences("items", "id")).isEmpty();
        client.deleteAndAwait();
    }
}
