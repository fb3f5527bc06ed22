package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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
            awaitWaitFor(client, first);
            change(second, "UPDATE accounts SET balance = 2 WHERE id = 2");
            first.commit();
            awaitWaitFor(client, second);
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

    /** Until who makes the client's slot, and not some other test's, waits for the end of this transaction. */
    private void awaitWaitFor(Client client, Connection open) throws SQLException {
        int pid = open.unwrap(PGConnection.class).getBackendPID();
        await().atMost(Client.PATIENCE).untilAsserted(() -> assertThat(box.postgres()
                        .value("SELECT count(*) FROM pg_locks w JOIN pg_locks h USING (transactionid)"
                                + " JOIN pg_stat_activity a ON a.pid = w.pid"
                                + " WHERE NOT w.granted AND h.granted AND h.pid = " + pid + " AND a.usename = '"
                                + client.name() + "'"))
                .isEqualTo("1"));
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
