package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * About 200 changes a second to the table counters, of the kinds that capture may get wrong, each with a higher value than
 * all before it. A database that dies is connected to again; what became of the last change then does not matter.
 */
final class SteadyWrites implements AutoCloseable {

    static final String TABLE = "CREATE TABLE counters (id int PRIMARY KEY, value bigint NOT NULL)";

    /** Each kind of change has 100 ids of its own, so that none waits for another's lock. */
    private static final int IDS = 100;

    private static final int COPIED = 50;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Random random = new Random(7);
    private final AtomicLong value = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Postgres database;
    private @Nullable Connection connection;
    private @Nullable Connection second;

    private SteadyWrites(Postgres database) {
        this.database = database;
    }

    /** A client with the table and 100 rows of it, and a pipeline that is Ready. */
    static Client onboarded(TestBox box, String kind) {
        Client client = Client.create(box, kind);
        client.database().run(TABLE, "INSERT INTO counters SELECT n, 0 FROM generate_series(1, 100) n");
        client.apply("counters");
        client.awaitReady();
        return client;
    }

    static SteadyWrites start(Postgres database) {
        SteadyWrites writes = new SteadyWrites(database);
        writes.clock.scheduleAtFixedRate(writes::burst, 0, 50, TimeUnit.MILLISECONDS);
        return writes;
    }

    private void burst() {
        if (failure.get() != null) {
            return;
        }
        long before = value.get();
        try {
            connect();
            switch (random.nextInt(10)) {
                case 0 -> transaction();
                case 1 -> copy();
                case 2 -> commitWithinAnOpenTransaction();
                case 3 -> keyChanges();
                default -> commitsBackToBack();
            }
            written.addAndGet(value.get() - before);
        } catch (SQLException e) {
            disconnect();
            if (!isOfADyingServer(e)) {
                failure.set(e);
            }
        } catch (IOException | RuntimeException e) {
            failure.set(e);
        }
    }

    /** Connection lost, or refused by a server that is about to stop or just starting. */
    private static boolean isOfADyingServer(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("08") || state.startsWith("57P");
    }

    private void commitsBackToBack() throws SQLException {
        for (int i = 0; i < 10; i++) {
            int id = 1 + random.nextInt(IDS);
            run(connection, random.nextInt(10) == 0 ? "DELETE FROM counters WHERE id = " + id : upsert(id));
        }
    }

    private void transaction() throws SQLException {
        connection.setAutoCommit(false);
        for (int i = 0; i < 20; i++) {
            run(connection, upsert(1 + random.nextInt(IDS)));
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    /** All rows share one position in the log. */
    private void copy() throws SQLException, IOException {
        int first = 2 * IDS + 1 + random.nextInt(IDS / COPIED) * COPIED;
        StringBuilder rows = new StringBuilder();
        for (int id = first; id < first + COPIED; id++) {
            rows.append(id).append('\t').append(value.incrementAndGet()).append('\n');
        }
        connection.setAutoCommit(false);
        run(connection, "DELETE FROM counters WHERE id BETWEEN " + first + " AND " + (first + COPIED - 1));
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY counters FROM STDIN", new StringReader(rows.toString()));
        connection.commit();
        connection.setAutoCommit(true);
    }

    /** The position of the commit is that of the open transaction's next row. */
    private void commitWithinAnOpenTransaction() throws SQLException {
        int open = IDS + 1 + random.nextInt(IDS - 3);
        second.setAutoCommit(false);
        run(second, upsert(open));
        run(connection, upsert(1 + random.nextInt(IDS)));
        run(second, upsert(open + 1));
        run(second, upsert(open + 2));
        second.commit();
    }

    private void keyChanges() throws SQLException {
        for (int i = 0; i < 5; i++) {
            int from = 3 * IDS + 1 + random.nextInt(IDS);
            int to = 3 * IDS + 1 + random.nextInt(IDS);
            run(connection, upsert(from));
            run(
                    connection,
                    "UPDATE counters SET id = " + to + ", value = " + value.incrementAndGet() + " WHERE id = " + from
                            + " AND NOT EXISTS (SELECT FROM counters WHERE id = " + to + ")");
        }
    }

    private String upsert(int id) {
        return "INSERT INTO counters VALUES (" + id + ", " + value.incrementAndGet()
                + ") ON CONFLICT (id) DO UPDATE SET value = excluded.value";
    }

    private static void run(Connection on, String sql) throws SQLException {
        try (Statement statement = on.createStatement()) {
            statement.execute(sql);
        }
    }

    private void connect() throws SQLException {
        if (connection == null) {
            connection = database.connect();
            second = database.connect();
        }
    }

    private void disconnect() {
        for (Connection open : new Connection[] {connection, second}) {
            if (open != null) {
                try {
                    open.close();
                } catch (SQLException e) {
                    // It is gone, as wanted.
                }
            }
        }
        connection = null;
        second = null;
    }

    /** No value so far is higher. */
    long highest() {
        return value.get();
    }

    void awaitMore(int changes) {
        long goal = written.get() + changes;
        await("more changes at the source").atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            assertThat((Throwable) failure.get()).isNull();
            assertThat(written.get()).isGreaterThanOrEqualTo(goal);
        });
    }

    @Override
    public void close() {
        clock.shutdown();
        try {
            if (!clock.awaitTermination(30, TimeUnit.SECONDS)) {
                throw new AssertionError("the writer does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        disconnect();
        assertThat((Throwable) failure.get()).isNull();
    }
}
