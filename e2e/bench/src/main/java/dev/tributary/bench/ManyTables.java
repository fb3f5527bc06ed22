package dev.tributary.bench;

import static org.awaitility.Awaitility.await;

import dev.tributary.api.v1alpha1.TenantPipelineSpec.Latency;
import dev.tributary.box.supervisor.PartStatus;
import dev.tributary.scenarios.Client;
import dev.tributary.scenarios.SpecChange;
import dev.tributary.scenarios.TestBox;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToDoubleFunction;

/**
 * Two hundred tables through one pipeline, few of them hot: the parts that ClickHouse gets, what the TaskManager takes, and how long
 * the coldest tables' rows are on their way; against the same rows in one table.
 */
final class ManyTables {

    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(50);

    /**
     * One pipeline's run.
     *
     * @param name of it
     * @param lags of the coldest tables' rows
     * @param seconds how long it took
     * @param sink what ClickHouse did meanwhile
     * @param memory of the TaskManager in megabytes, at its highest
     * @param memoryBound of it, in megabytes
     * @param cpu spent meanwhile
     */
    private record Run(
            String name, Lags lags, double seconds, SinkWork sink, long memory, int memoryBound, BoxCpu cpu) {

        double partsPerMinute() {
            return sink.parts() * 60 / seconds;
        }

        double mergesPerMinute() {
            return sink.merges() * 60 / seconds;
        }

        String line() {
            return "many-tables: %s: %.0f parts and %.0f merges a minute, TaskManager %d MB, coldest tables: %s; cores: %s"
                    .formatted(name, partsPerMinute(), mergesPerMinute(), memory, lags, cpu.cores(seconds));
        }
    }

    private final TestBox box;
    private final Duration measured;

    /** @param measured how long each pipeline's run is looked at, after its warm-up */
    ManyTables(TestBox box, Duration measured) {
        this.box = box;
        this.measured = measured;
    }

    List<Figure> run() throws Exception {
        Run one = run("one table", SkewedWrites.intoOne(), Latency.NearRealTime);
        Run many = run(SkewedWrites.TABLES + " tables", SkewedWrites.intoMany(), Latency.NearRealTime);
        Run batch = run(SkewedWrites.TABLES + " tables, Batch", SkewedWrites.intoMany(), Latency.Batch);
        List<Figure> figures = new ArrayList<>();
        for (Run run : List.of(one, many, batch)) {
            figures.addAll(figures(run, one));
        }
        return figures;
    }

    private Run run(String name, SkewedWrites writes, Latency latency) throws IOException, InterruptedException {
        Client client = Client.create(box, "many");
        writes.createTables(client.database());
        client.apply(spec -> SpecChange.latency(SpecChange.deletingData(spec), latency), writes.tables());
        client.awaitReady();
        client.awaitCondition("SnapshotComplete", "True", "Streaming");
        Run run = measure(name, writes, client);
        System.out.println(run.line());
        client.deleteAndAwait();
        return run;
    }

    private Run measure(String name, SkewedWrites writes, Client client) throws IOException, InterruptedException {
        int warmUp = transactions(WARM_UP);
        int transactions = warmUp + transactions(measured);
        System.out.printf("many-tables: %s, %d s%n", name, transactions / Pacer.TRANSACTIONS_A_SECOND);
        Arrivals watched = new Arrivals(1, SkewedWrites.watchedRows(transactions));
        PartStatus taskManager = box.parts().stream()
                .filter(part -> part.name().endsWith("/taskmanager"))
                .findFirst()
                .orElseThrow();
        BoxCpu cpu = BoxCpu.read(box);
        SinkWork sink = SinkWork.read(box.clickHouse());
        long begin = System.nanoTime();
        try (PeakMemory memory = new PeakMemory(taskManager.pid())) {
            CompletableFuture<Void> writing =
                    CompletableFuture.runAsync(() -> writes.run(client.database(), transactions, watched));
            watched.await(box.clickHouse(), writes.watched(client.name()), PAUSE, writing);
            awaitAll(client, SkewedWrites.rows(transactions));
            return new Run(
                    name,
                    watched.queryable(SkewedWrites.watchedRows(warmUp)),
                    (System.nanoTime() - begin) / 1e9,
                    SinkWork.read(box.clickHouse()).minus(sink),
                    memory.megabytes(),
                    taskManager.memoryBoundMegabytes(),
                    BoxCpu.read(box).minus(cpu));
        }
    }

    private static int transactions(Duration time) {
        return Pacer.TRANSACTIONS_A_SECOND * Math.toIntExact(time.toSeconds());
    }

    private void awaitAll(Client client, long rows) {
        await("all rows of " + client.name())
                .atMost(Client.PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> box.clickHouse()
                        .ask("SELECT uniqExact(id) FROM " + SkewedWrites.all(client.name()))
                        .equals(Long.toString(rows)));
    }

    private static List<Figure> figures(Run run, Run one) {
        List<Figure> figures = new ArrayList<>();
        figures.add(against(run, one, "parts", "1/min", Run::partsPerMinute));
        figures.add(against(run, one, "merges", "1/min", Run::mergesPerMinute));
        figures.add(against(run, one, "coldest tables, p50", "ms", r -> r.lags().quantile(0.5)));
        figures.add(
                against(run, one, "coldest tables, highest", "ms", r -> r.lags().highest()));
        figures.add(against(run, one, "TaskManager", "MB", Run::memory));
        figures.add(new Figure(
                run.name() + ", TaskManager",
                run.memory(),
                "MB",
                "its limit of " + run.memoryBound() + " MB",
                (double) run.memory() / run.memoryBound()));
        figures.addAll(run.cpu().figures(run.name(), run.seconds()));
        return figures;
    }

    private static Figure against(Run run, Run one, String what, String unit, ToDoubleFunction<Run> of) {
        double value = of.applyAsDouble(run);
        return new Figure(run.name() + ", " + what, value, unit, one.name(), value / of.applyAsDouble(one));
    }
}
