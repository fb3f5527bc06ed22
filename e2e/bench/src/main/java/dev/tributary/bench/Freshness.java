package dev.tributary.bench;

import dev.tributary.api.v1alpha1.TenantPipelineSpec.Latency;
import dev.tributary.scenarios.Client;
import dev.tributary.scenarios.SpecChange;
import dev.tributary.scenarios.TestBox;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * From a row's commit at the source until ClickHouse answers with it, by latency tier and by load, capture included, and what that
 * costs. It is compared with the goals; what is measured includes the query that looks.
 */
final class Freshness {

    private static final Duration WARM_UP = Duration.ofSeconds(40);
    private static final List<Integer> LOADS = List.of(200, 2000);

    /** In milliseconds; none where the tier promises minutes. */
    private static final Map<Latency, Map<String, Double>> GOALS =
            Map.of(Latency.RealTime, Map.of("p50", 100.0, "p99", 300.0), Latency.NearRealTime, Map.of("p99", 2000.0));

    private static final SortedMap<String, Double> QUANTILES =
            new TreeMap<>(Map.of("p50", 0.5, "p99", 0.99, "p99.9", 0.999));

    private final TestBox box;
    private final List<Latency> tiers;

    Freshness(TestBox box, List<Latency> tiers) {
        this.box = box;
        this.tiers = tiers;
    }

    List<Figure> run() throws Exception {
        List<Figure> figures = new ArrayList<>();
        for (Latency latency : tiers) {
            Client client = Client.create(box, "fresh");
            client.database().run("CREATE TABLE events (id bigint PRIMARY KEY, note text)");
            client.apply(spec -> SpecChange.latency(SpecChange.deletingData(spec), latency), "events");
            client.awaitReady();
            client.awaitCondition("SnapshotComplete", "True", "Streaming");
            int firstId = 1;
            for (int load : LOADS) {
                int rows =
                        load * Math.toIntExact(WARM_UP.plus(measured(latency)).toSeconds());
                figures.addAll(measure(client, latency, load, firstId, rows));
                firstId += rows;
            }
            client.deleteAndAwait();
        }
        return figures;
    }

    /** Long enough for a few batches. */
    private static Duration measured(Latency latency) {
        return latency == Latency.Batch ? Duration.ofSeconds(105) : Duration.ofSeconds(45);
    }

    /** Far shorter than what is measured, and long enough for the questions not to be ClickHouse's main work. */
    private static Duration pause(Latency latency) {
        return switch (latency) {
            case RealTime -> Duration.ofMillis(10);
            case NearRealTime -> Duration.ofMillis(20);
            case Batch -> Duration.ofMillis(500);
        };
    }

    private List<Figure> measure(Client client, Latency latency, int load, int firstId, int rows)
            throws IOException, InterruptedException {
        String run = latency + " at " + load + " rows/s";
        System.out.println("freshness: " + run + " for " + rows / load + " s");
        Arrivals arrivals = new Arrivals(firstId, rows);
        BoxCpu cpuBefore = BoxCpu.read(box);
        SinkWork sinkBefore = SinkWork.read(box.clickHouse());
        long begin = System.nanoTime();
        CompletableFuture<Void> writing =
                CompletableFuture.runAsync(() -> write(client, load, firstId, rows, arrivals));
        arrivals.await(box.clickHouse(), client.sink("events"), pause(latency), writing);
        double seconds = (System.nanoTime() - begin) / 1e9;
        BoxCpu cpu = BoxCpu.read(box).minus(cpuBefore);
        SinkWork sink = SinkWork.read(box.clickHouse()).minus(sinkBefore);
        int warmUp = load * Math.toIntExact(WARM_UP.toSeconds());
        Lags lags = arrivals.queryable(warmUp);
        Lags captured = arrivals.captured(warmUp, box.kafka().records(client.name() + ".main.public.events"));
        System.out.println(
                "freshness: " + run + ": " + lags + "; captured after: " + captured + "; cores: " + cpu.cores(seconds));
        List<Figure> figures = new ArrayList<>();
        QUANTILES.forEach((name, share) ->
                figures.add(figure(latency, run + ", " + name, name, lags.quantile(share), lags.quantile(0.5))));
        QUANTILES.forEach((name, share) -> figures.add(new Figure(
                run + ", captured, " + name,
                captured.quantile(share),
                "ms",
                "the row's " + name,
                captured.quantile(share) / lags.quantile(share))));
        double insertMillis = sink.insertMicros() / 1e3 / sink.parts();
        figures.add(
                new Figure(run + ", an insert, mean", insertMillis, "ms", "p50", insertMillis / lags.quantile(0.5)));
        double cpuWait = sink.cpuWaitMicros() / 1e6;
        figures.add(
                new Figure(run + ", ClickHouse waiting for a CPU", cpuWait, "s", "the run's time", cpuWait / seconds));
        figures.add(new Figure(
                run + ", parts", sink.parts() * 60 / seconds, "1/min", "rows", (double) sink.parts() / rows));
        figures.addAll(cpu.figures(run, seconds));
        return figures;
    }

    private static Figure figure(Latency latency, String name, String quantile, double millis, double median) {
        Double goal = GOALS.getOrDefault(latency, Map.of()).get(quantile);
        return goal == null
                ? new Figure(name, millis, "ms", "p50", millis / median)
                : new Figure(name, millis, "ms", "goal of " + goal.intValue() + " ms", millis / goal);
    }

    private static void write(Client client, int load, int firstId, int rows, Arrivals arrivals) {
        int each = load / Pacer.TRANSACTIONS_A_SECOND;
        try (Connection connection = client.database().connect();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO events SELECT n, 'a note of some length' FROM generate_series(?::bigint, ?) n")) {
            Pacer pacer = new Pacer();
            for (int done = 0; done < rows; done += each) {
                insert.setLong(1, firstId + done);
                insert.setLong(2, firstId + done + each - 1);
                insert.execute();
                arrivals.committed(done, done + each);
                pacer.await(done / each + 1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
