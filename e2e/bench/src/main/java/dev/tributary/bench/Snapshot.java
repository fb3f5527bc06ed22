package dev.tributary.bench;

import dev.tributary.scenarios.Client;
import dev.tributary.scenarios.SpecChange;
import dev.tributary.scenarios.TestBox;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * The first snapshot of a large table, until its rows are queryable, against Debezium with the same configuration that only fills the
 * topic. In turn, several rounds; the first warms the Connect worker up and does not count. The job's processes are new each
 * time, as they are at every first snapshot.
 */
final class Snapshot {

    private static final int ROUNDS = 3;
    private static final double GOAL = 0.8;
    private static final Duration MOST = Duration.ofMinutes(6);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final Duration TOLD_EACH = Duration.ofSeconds(5);
    private static final String OURS = "ours";
    private static final String ALONE = "Debezium alone";

    /**
     * One snapshot. The clock runs from the first record in Kafka.
     *
     * @param captured seconds until Kafka had the last
     * @param done seconds until that was where it belongs
     * @param cpu spent until then
     */
    private record Run(double captured, double done, BoxCpu cpu) {}

    /** How many rows are where they belong. */
    @FunctionalInterface
    private interface Count {
        long get() throws Exception;
    }

    private final TestBox box;
    private final int rows;
    private final Topics topics;
    private final List<Run> ours = new ArrayList<>();
    private final List<Run> alone = new ArrayList<>();

    Snapshot(TestBox box, int rows) {
        this.box = box;
        this.rows = rows;
        this.topics = new Topics(box.layout().kafkaBootstrap());
    }

    /**
     * Runs it.
     *
     * @throws IllegalStateException when ClickHouse shows other rows than PostgreSQL
     */
    List<Figure> run() throws Exception {
        Client client = Client.create(box, "snapshot");
        OrdersSource.fill(client.database(), rows);
        String expected = OrdersSource.state(client.database());
        String topic = client.name() + ".main.public." + OrdersSource.TABLE;
        DebeziumAlone debezium = null;
        Topics.Shape shape = null;
        try (topics) {
            for (int round = 0; round < ROUNDS; round++) {
                client.apply(SpecChange::deletingData, OrdersSource.TABLE);
                client.awaitStatus("SchemaReady", "True");
                ours.add(watch(round, OURS, topic, () -> inSink(client)));
                check(expected, OrdersSource.state(box.clickHouse(), client.sink(OrdersSource.TABLE)));
                if (debezium == null || shape == null) {
                    debezium = new DebeziumAlone(box, client);
                    shape = topics.shape(topic);
                }
                client.deleteAndAwait();
                alone.add(alone(round, debezium, shape));
            }
        }
        return figures();
    }

    private Run alone(int round, DebeziumAlone debezium, Topics.Shape shape) throws Exception {
        String name = "alone" + round;
        String topic = name + ".public." + OrdersSource.TABLE;
        String heartbeat = "__debezium-heartbeat." + name;
        topics.create(topic, shape);
        topics.create(heartbeat, shape);
        debezium.start(name);
        Run run = watch(round, ALONE, topic, () -> topics.records(topic));
        debezium.stop(name);
        topics.delete(List.of(topic, heartbeat));
        return run;
    }

    private long inSink(Client client) {
        return Long.parseLong(box.clickHouse().ask("SELECT count() FROM " + client.sink(OrdersSource.TABLE)));
    }

    private Run watch(int round, String who, String topic, Count count) throws Exception {
        long deadline = System.nanoTime() + MOST.toNanos();
        while (topics.records(topic) == 0) {
            lookAgain(deadline, who, 0);
        }
        BoxCpu before = BoxCpu.read(box);
        long start = System.nanoTime();
        double captured = 0;
        double told = 0;
        for (long there = count.get(); there < rows; there = count.get()) {
            double seconds = (System.nanoTime() - start) / 1e9;
            if (captured == 0 && topics.records(topic) >= rows) {
                captured = seconds;
            }
            if (seconds - told > TOLD_EACH.toSeconds()) {
                System.out.printf(
                        "snapshot: %s, %.0f s: %,d rows in Kafka, %,d through%n",
                        who, seconds, topics.records(topic), there);
                told = seconds;
            }
            lookAgain(deadline, who, there);
        }
        double done = (System.nanoTime() - start) / 1e9;
        Run run =
                new Run(captured == 0 ? done : captured, done, BoxCpu.read(box).minus(before));
        System.out.printf(
                "snapshot: round %d of %d%s, %s: %,.0f rows/s, %.1f s; cores: %s%n",
                round + 1,
                ROUNDS,
                round == 0 ? " (does not count)" : "",
                who,
                rows / done,
                done,
                run.cpu().cores(done));
        return run;
    }

    private void lookAgain(long deadline, String who, long there) throws InterruptedException, IOException {
        if (System.nanoTime() > deadline) {
            throw new IOException(who + ": " + there + " of " + rows + " rows are through after " + MOST.toMinutes()
                    + " minutes; see the logs in " + box.layout().folder());
        }
        new CountDownLatch(1).await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void check(String expected, String found) {
        if (!found.equals(expected)) {
            throw new IllegalStateException(
                    "PostgreSQL has (rows, digest) " + expected + ", ClickHouse shows " + found);
        }
        System.out.println("snapshot: rows and digest in ClickHouse are PostgreSQL's: " + found);
    }

    private List<Figure> figures() {
        Run best = best(ours, Run::done);
        Run bestAlone = best(alone, Run::done);
        double ratio = bestAlone.done() / best.done();
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("Debezium alone, rows in Kafka", rows / bestAlone.done(), "rows/s", "itself", 1));
        figures.add(new Figure("ours, rows queryable", rows / best.done(), "rows/s", ALONE, ratio));
        figures.add(new Figure(
                "ours, rows in Kafka",
                rows / best(ours, Run::captured).captured(),
                "rows/s",
                ALONE,
                bestAlone.done() / best(ours, Run::captured).captured()));
        figures.add(new Figure("ours/" + ALONE, ratio, "", "goal of %.2f".formatted(GOAL), ratio / GOAL));
        figures.add(new Figure(
                "ours, rows for each CPU second of the box",
                rows / best.cpu().ofBox(),
                "rows/s",
                ALONE,
                bestAlone.cpu().ofBox() / best.cpu().ofBox()));
        figures.addAll(best.cpu().figures(OURS, best.done()));
        figures.addAll(bestAlone.cpu().figures(ALONE, bestAlone.done()));
        return figures;
    }

    /** Other work on the machine makes a run slower, and nothing makes it faster. */
    private static Run best(List<Run> runs, ToDoubleFunction<Run> by) {
        return runs.stream().skip(1).min(Comparator.comparingDouble(by)).orElseThrow();
    }
}
