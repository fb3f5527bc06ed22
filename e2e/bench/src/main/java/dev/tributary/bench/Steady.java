package dev.tributary.bench;

import dev.tributary.box.supervisor.PartStatus;
import dev.tributary.box.supervisor.ResidentMemory;
import dev.tributary.scenarios.Client;
import dev.tributary.scenarios.SpecChange;
import dev.tributary.scenarios.TestBox;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * One pipeline under one load for minutes on end: whether it becomes later, larger or slower with time. What was seen in the last
 * third is compared with the first third; the first minute is for warming up.
 */
final class Steady {

    /** A second; of ten changes one is an update of a row written within the last minute. */
    private static final int CHANGES = 2000;

    private static final int INSERTS = CHANGES / 10 * 9;
    private static final int INSERTS_EACH = INSERTS / Pacer.TRANSACTIONS_A_SECOND;
    private static final int UPDATES_EACH = (CHANGES - INSERTS) / Pacer.TRANSACTIONS_A_SECOND;
    private static final int ROWS_A_MINUTE = INSERTS * 60;

    private static final Duration PAUSE = Duration.ofMillis(20);

    /** Flink's own words at the end of each checkpoint. */
    private static final Pattern CHECKPOINT = Pattern.compile("checkpointDuration=(\\d+) ms");

    /**
     * What a minute ended with.
     *
     * @param parts that are active
     * @param taskManager its resident memory in megabytes
     * @param clickHouse the same
     */
    private record Minute(long parts, long taskManager, long clickHouse) {}

    /** One of a minute's figures. */
    private record Measure(String name, String unit, ToLongFunction<Minute> of) {}

    /** On two cores the common pool has one thread, and both take all the time there is. */
    private static final Executor IN_ITS_OWN_THREAD =
            task -> Thread.ofPlatform().daemon().start(task);

    private final TestBox box;
    private final int minutes;
    private final Client client;
    private final Arrivals arrivals;

    /** @param minutes how long the load lasts after the first minute; at least 3 */
    Steady(TestBox box, int minutes) {
        this.box = box;
        this.minutes = Math.max(3, minutes);
        this.client = Client.create(box, "steady");
        this.arrivals = new Arrivals(1, ROWS_A_MINUTE * (this.minutes + 1));
    }

    List<Figure> run() throws Exception {
        client.database().run("CREATE TABLE events (id bigint PRIMARY KEY, note text NOT NULL)");
        client.apply(SpecChange::deletingData, "events");
        client.awaitReady();
        client.awaitCondition("SnapshotComplete", "True", "Streaming");
        System.out.printf("steady: %,d changes/s for 1 + %d minutes%n", CHANGES, minutes);
        BoxCpu before = BoxCpu.read(box);
        long begin = System.nanoTime();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(this::write, IN_ITS_OWN_THREAD);
        CompletableFuture<List<Minute>> looking = CompletableFuture.supplyAsync(this::look, IN_ITS_OWN_THREAD);
        arrivals.await(box.clickHouse(), client.sink("events"), PAUSE, writing);
        double seconds = (System.nanoTime() - begin) / 1e9;
        BoxCpu cpu = BoxCpu.read(box).minus(before);
        List<Figure> figures = figures(looking.join());
        figures.addAll(cpu.figures(CHANGES + " changes/s", seconds));
        client.deleteAndAwait();
        return figures;
    }

    private void write() {
        try (Connection connection = client.database().connect();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO events SELECT n, 'a note of some length' FROM generate_series(?::bigint, ?) n");
                PreparedStatement update =
                        connection.prepareStatement("UPDATE events SET note = note || '.' WHERE id BETWEEN ? AND ?")) {
            connection.setAutoCommit(false);
            Pacer pacer = new Pacer();
            int transactions = Pacer.TRANSACTIONS_A_SECOND * 60 * (minutes + 1);
            for (int i = 0; i < transactions; i++) {
                int done = i * INSERTS_EACH;
                insert.setLong(1, done + 1);
                insert.setLong(2, done + INSERTS_EACH);
                insert.execute();
                // Anywhere in the last minute, since 7919 is prime.
                int updated = done - (int) (i * 7919L % Math.clamp(done, 1, ROWS_A_MINUTE));
                update.setLong(1, updated);
                update.setLong(2, updated + UPDATES_EACH - 1);
                update.execute();
                connection.commit();
                arrivals.committed(done, done + INSERTS_EACH);
                pacer.await(i + 1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** At the end of each minute but the first. */
    private List<Minute> look() {
        List<Minute> seen = new ArrayList<>();
        try {
            TimeUnit.MINUTES.sleep(1);
            for (int i = 1; i <= minutes; i++) {
                TimeUnit.MINUTES.sleep(1);
                Minute minute = new Minute(
                        Long.parseLong(box.clickHouse()
                                .ask("SELECT count() FROM system.parts WHERE active AND database = '" + client.name()
                                        + "' AND table = 'events'")),
                        megabytes("/taskmanager"),
                        megabytes("clickhouse"));
                System.out.printf("steady: minute %d of %d: %s%n", i, minutes, minute);
                seen.add(minute);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return seen;
    }

    private long megabytes(String part) {
        return ResidentMemory.megabytesOf(part(part).pid());
    }

    private PartStatus part(String nameEnd) {
        return box.parts().stream()
                .filter(part -> part.name().endsWith(nameEnd))
                .findFirst()
                .orElseThrow();
    }

    private List<Figure> figures(List<Minute> seen) throws IOException {
        int third = minutes / 3;
        Lags first = arrivals.queryable(ROWS_A_MINUTE, ROWS_A_MINUTE * (1 + third));
        Lags last = arrivals.queryable(ROWS_A_MINUTE * (1 + minutes - third), ROWS_A_MINUTE * (1 + minutes));
        List<Long> checkpoints = checkpoints();
        int some = Math.max(1, checkpoints.size() / 3);
        List<Figure> figures = new ArrayList<>();
        figures.add(slope("lag, p50", "ms", first.quantile(0.5), last.quantile(0.5)));
        figures.add(slope("lag, p99", "ms", first.quantile(0.99), last.quantile(0.99)));
        for (Measure measure : List.of(
                new Measure("active parts", "", Minute::parts),
                new Measure("TaskManager, resident", "MB", Minute::taskManager),
                new Measure("ClickHouse, resident", "MB", Minute::clickHouse))) {
            figures.add(slope(
                    measure.name(),
                    measure.unit(),
                    mean(seen.subList(0, third).stream().mapToLong(measure.of())),
                    mean(seen.subList(minutes - third, minutes).stream().mapToLong(measure.of()))));
        }
        figures.add(slope(
                "a checkpoint",
                "ms",
                mean(checkpoints.subList(0, some).stream().mapToLong(Long::longValue)),
                mean(checkpoints.subList(checkpoints.size() - some, checkpoints.size()).stream()
                        .mapToLong(Long::longValue))));
        return figures;
    }

    private static double mean(LongStream values) {
        return values.average().orElseThrow();
    }

    private static Figure slope(String name, String unit, double first, double last) {
        return new Figure(name + ", last third", last, unit, "the first third", last / first);
    }

    private List<Long> checkpoints() throws IOException {
        String log = Files.readString(box.layout().log(part("/jobmanager").name()));
        return CHECKPOINT
                .matcher(log)
                .results()
                .map(result -> Long.parseLong(result.group(1)))
                .toList();
    }
}
