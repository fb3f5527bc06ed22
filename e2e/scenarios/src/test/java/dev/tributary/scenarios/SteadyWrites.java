package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

/** About 200 changes a second to the table counters, each with a higher value than all before it. */
final class SteadyWrites implements AutoCloseable {

    private static final int ROWS = 200;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong written = new AtomicLong();
    private final AtomicReference<SQLException> failure = new AtomicReference<>();
    private final Connection connection;

    private SteadyWrites(Connection connection) {
        this.connection = connection;
    }

    static SteadyWrites start(Postgres database) {
        try {
            SteadyWrites writes = new SteadyWrites(database.connect());
            Random random = new Random(7);
            writes.clock.scheduleAtFixedRate(() -> writes.burst(random), 0, 50, TimeUnit.MILLISECONDS);
            return writes;
        } catch (SQLException e) {
            throw new AssertionError("PostgreSQL: " + e.getMessage(), e);
        }
    }

    private void burst(Random random) {
        if (failure.get() != null) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            for (int i = 0; i < 10; i++) {
                long value = written.get() + 1;
                int id = 1 + random.nextInt(ROWS);
                statement.execute(
                        random.nextInt(10) == 0
                                ? "DELETE FROM counters WHERE id = " + id
                                : "INSERT INTO counters VALUES (" + id + ", " + value
                                        + ") ON CONFLICT (id) DO UPDATE SET value = excluded.value");
                written.incrementAndGet();
            }
        } catch (SQLException e) {
            failure.set(e);
        }
    }

    long written() {
        return written.get();
    }

    void awaitMore(int changes) {
        long goal = written.get() + changes;
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
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
            connection.close();
        } catch (SQLException e) {
            throw new AssertionError("PostgreSQL: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat((Throwable) failure.get()).isNull();
    }
}
