package dev.tributary.bench.job;

import dev.tributary.bench.Figure;
import dev.tributary.box.Box;
import dev.tributary.scenarios.ClickHouseQueries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** All ways in turn, several rounds; the first warms up and does not count. */
public final class JobBench {

    private static final int ROUNDS = 4;
    /** ClickHouse's Kafka engine gets one record for so many of the others: it is slow. */
    private static final int KAFKA_ENGINE_SHARE = 4;

    /** What part of each the job should reach at least. */
    private static final Map<Way, Double> GOALS =
            new EnumMap<>(Map.of(Way.PARSE, 0.5, Way.BYTES, 0.2, Way.NAIVE, 2.5, Way.KAFKA_ENGINE, 3.0));

    private final Box box;
    private final int records;
    private final ClickHouseQueries clickHouse;
    private final Map<Way, List<Measurement>> measured = new EnumMap<>(Way.class);

    /**
     * @param box with Kafka and ClickHouse
     * @param records how many the topic gets
     */
    public JobBench(Box box, int records) {
        this.box = box;
        this.records = records;
        this.clickHouse =
                new ClickHouseQueries(box.layout().clickHouseUrl(), box.clickHouseUser(), box.clickHousePassword());
    }

    /**
     * Runs it.
     *
     * @throws IllegalStateException when one of our ways leaves another state in the table than the changes do
     */
    public List<Figure> run() throws Exception {
        String kafka = box.layout().kafkaBootstrap();
        OrdersTopic topic = OrdersTopic.fill(kafka, OrdersTable.TOPIC, records);
        OrdersTopic shorter = OrdersTopic.fill(kafka, OrdersTable.TOPIC + ".shorter", records / KAFKA_ENGINE_SHARE);
        Processes servers = new Processes(0, box.pid("kafka"), box.pid("clickhouse"));
        Map<String, String> credentials =
                Map.of("CLICKHOUSE_USER", box.clickHouseUser(), "CLICKHOUSE_PASSWORD", box.clickHousePassword());
        try (FlinkProcess flink = new FlinkProcess(box.layout(), servers, credentials, topic.records())) {
            Processes processes = new Processes(flink.pid(), servers.kafka(), servers.clickHouse());
            KafkaEngine engine = new KafkaEngine(clickHouse, kafka, processes);
            for (int round = 0; round < ROUNDS; round++) {
                for (Way way : Way.values()) {
                    OrdersTable.recreate(clickHouse);
                    Measurement run = way == Way.KAFKA_ENGINE ? engine.run(shorter, "round-" + round) : flink.run(way);
                    tell(round, way, run);
                    boolean right = isRight(way, way == Way.KAFKA_ENGINE ? shorter.expected() : topic.expected());
                    if (round > 0 && right) {
                        measured.computeIfAbsent(way, w -> new ArrayList<>()).add(run);
                    }
                }
            }
        }
        return figures();
    }

    private static void tell(int round, Way way, Measurement run) {
        System.out.printf(
                "job: round %d of %d%s, %-32s %,10.0f rows/s, %5.1f s, %.1f cores had other work%s%n",
                round + 1,
                ROUNDS,
                round == 0 ? " (does not count)" : "",
                way.title(),
                run.rowsPerSecond(),
                run.seconds(),
                run.coresOfOthers(),
                run.checkpoints() > 0 ? ", writers flushed " + run.checkpoints() + " times" : "");
    }

    /** The peer was seen to lose some hundred rows when its consumers join one after the other: that round tells nothing. */
    private boolean isRight(Way way, VisibleState expected) {
        VisibleState found = way.fillsTheTable() ? OrdersTable.state(clickHouse) : expected;
        if (found.equals(expected)) {
            return true;
        }
        String what = way.title() + " left " + found + ", and not " + expected;
        if (way != Way.KAFKA_ENGINE) {
            throw new IllegalStateException(what);
        }
        System.out.println("job: " + what + ": this round does not count for it");
        return false;
    }

    private List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        for (Way way : Way.values()) {
            figures.add(against(Way.BYTES, way, way.title(), "rows/s", Measurement::rowsPerSecond));
        }
        for (Way way : GOALS.keySet()) {
            String name = "d, goal %.2f of %s".formatted(GOALS.get(way), way.letter());
            figures.add(against(way, Way.JOB, name, "rows/s", Measurement::rowsPerSecond));
        }
        for (Way way : GOALS.keySet()) {
            figures.add(against(way, Way.JOB, "d by CPU time", "rows/s", Measurement::rowsPerCpuSecond));
        }
        for (Way way : Way.values()) {
            figures.add(cpu(way, "Flink", CpuTimes::flink));
            figures.add(cpu(way, "Kafka", CpuTimes::kafka));
            figures.add(cpu(way, "ClickHouse", CpuTimes::clickHouse));
            figures.add(cpu(way, "all else on the machine", CpuTimes::others));
        }
        return figures;
    }

    private Figure against(Way base, Way way, String name, String unit, ToDoubleFunction<Measurement> of) {
        double value = of.applyAsDouble(best(way, of));
        return new Figure(name, value, unit, base.letter(), value / of.applyAsDouble(best(base, of)));
    }

    /** CPU seconds of the fastest run, and how many cores that is. */
    private Figure cpu(Way way, String who, ToDoubleFunction<CpuTimes> of) {
        Measurement run = best(way, Measurement::rowsPerSecond);
        double seconds = of.applyAsDouble(run.cpu());
        return new Figure(way.letter() + "  CPU of " + who, seconds, "s", "the run's time", seconds / run.seconds());
    }

    /** Other work on the machine makes a run slower, and nothing makes it faster. */
    private Measurement best(Way way, ToDoubleFunction<Measurement> of) {
        return measured.getOrDefault(way, List.of()).stream()
                .max(Comparator.comparingDouble(of))
                .orElseThrow();
    }
}
