package dev.tributary.bench;

import dev.tributary.api.v1alpha1.TenantPipelineSpec.Latency;
import dev.tributary.scenarios.Client;
import dev.tributary.scenarios.SpecChange;
import dev.tributary.scenarios.TestBox;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * From a row's commit at the source until ClickHouse answers with it, by latency tier and by load, capture included. It is compared
 * with the goals, and what is measured includes the query that looks.
 */
final class Freshness {

    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration MEASURED = Duration.ofSeconds(30);

    /** Transactions a second; each has as many rows as the load wants. */
    private static final int TRANSACTIONS = 100;

    private static final List<Integer> LOADS = List.of(200, 2000);

    /** In milliseconds; none where the tier promises minutes. */
    private static final Map<Latency, Map<String, Double>> GOALS =
            Map.of(Latency.RealTime, Map.of("p50", 100.0, "p99", 300.0), Latency.NearRealTime, Map.of("p99", 2000.0));

    private final TestBox box;

    Freshness(TestBox box) {
        this.box = box;
    }

    List<Figure> run() throws Exception {
        List<Figure> figures = new ArrayList<>();
        for (Latency latency : List.of(Latency.RealTime, Latency.NearRealTime)) {
            Client client = Client.create(box, "fresh");
            client.database().run("CREATE TABLE events (id bigint PRIMARY KEY, note text)");
            client.apply(spec -> SpecChange.latency(spec, latency), "events");
            client.awaitReady();
            client.awaitCondition("SnapshotComplete", "True", "Streaming");
            int firstId = 1;
            for (int load : LOADS) {
                System.out.println("freshness: " + latency + " at " + load + " rows/s");
                firstId += measure(client, firstId, load, WARM_UP).length;
                long[] lags = measure(client, firstId, load, MEASURED);
                firstId += lags.length;
                figures.addAll(figures(latency, load, lags));
            }
            client.deleteAndAwait();
        }
        return figures;
    }

    private static List<Figure> figures(Latency latency, int load, long[] lags) {
        Arrays.sort(lags);
        List<Figure> figures = new ArrayList<>();
        for (Map.Entry<String, Double> share :
                List.of(Map.entry("p50", 0.5), Map.entry("p99", 0.99), Map.entry("p99.9", 0.999))) {
            double millis = lags[(int) ((lags.length - 1) * share.getValue())] / 1e6;
            Double goal = GOALS.getOrDefault(latency, Map.of()).get(share.getKey());
            String against = goal == null ? "p50" : "goal of " + goal.intValue() + " ms";
            double compared = goal == null ? lags[(lags.length - 1) / 2] / 1e6 : goal;
            figures.add(new Figure(
                    latency + " at " + load + " rows/s, " + share.getKey(), millis, "ms", against, millis / compared));
        }
        return figures;
    }

    /** The lag of each row, in nanoseconds. */
    private long[] measure(Client client, int firstId, int load, Duration time) throws Exception {
        int rows = (int) (load * time.toSeconds());
        long[] committed = new long[rows];
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(client, firstId, load, committed));
        long[] seen = look(client, firstId, rows, writing);
        writing.get();
        long[] lags = new long[rows];
        for (int i = 0; i < rows; i++) {
            // Between the commit and its answer a row may be seen already.
            lags[i] = Math.max(0, seen[i] - committed[i]);
        }
        return lags;
    }

    private static void write(Client client, int firstId, int load, long[] committed) {
        int each = load / TRANSACTIONS;
        CountDownLatch never = new CountDownLatch(1);
        try (Connection connection = client.database().connect();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO events SELECT n, 'a note of some length' FROM generate_series(?::bigint, ?) n")) {
            long begin = System.nanoTime();
            for (int done = 0; done < committed.length; done += each) {
                insert.setLong(1, firstId + done);
                insert.setLong(2, firstId + done + each - 1);
                insert.execute();
                Arrays.fill(committed, done, done + each, System.nanoTime());
                long due = begin + TimeUnit.SECONDS.toNanos(1) / TRANSACTIONS * ((done + each) / each);
                never.await(due - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** When each row was first in an answer. Partitions overtake each other, so every row counts by itself. */
    private long[] look(Client client, int firstId, int rows, CompletableFuture<Void> writing) {
        long[] seen = new long[rows];
        int lowestMissing = 0;
        long deadline = Long.MAX_VALUE;
        while (lowestMissing < rows) {
            List<String> ids = box.clickHouse()
                    .lines("SELECT id FROM " + client.sink("events") + " WHERE id >= " + (firstId + lowestMissing));
            long now = System.nanoTime();
            for (String id : ids) {
                int row = Integer.parseInt(id) - firstId;
                if (seen[row] == 0) {
                    seen[row] = now;
                }
            }
            while (lowestMissing < rows && seen[lowestMissing] != 0) {
                lowestMissing++;
            }
            if (writing.isDone() && deadline == Long.MAX_VALUE) {
                deadline = now + Client.PATIENCE.toNanos();
            }
            if (now > deadline) {
                throw new IllegalStateException("row " + (firstId + lowestMissing) + " did not arrive");
            }
        }
        return seen;
    }
}
