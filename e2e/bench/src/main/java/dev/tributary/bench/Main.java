package dev.tributary.bench;

import dev.tributary.api.v1alpha1.TenantPipelineSpec.Latency;
import dev.tributary.bench.job.JobBench;
import dev.tributary.box.Box;
import dev.tributary.box.Contents;
import dev.tributary.box.layout.Checkout;
import dev.tributary.scenarios.TestBox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** {@code ./tributary bench [name]}. */
public final class Main {

    /** How long each takes is on two cores, its box included. */
    private static final String LIST = """
            first-row        3 min   kubectl apply of a new tenant until its first row is queryable
            freshness [tier] 16 min  commit at the source until the row is queryable, by latency tier and load
            snapshot [rows]  8 min   two million rows in PostgreSQL until they are queryable, against Debezium that only fills the topic
            many-tables [s]  10 min  two hundred tables through one pipeline, few of them hot, against the same rows in one table
            steady [min]     13 min  one pipeline under one load for minutes: the last of them against the first
            job [records]    6 min   a full topic through the streaming job, against what the machine can do, and against peers
            operator-start   2 min   the operator's process until it is ready, by what its JVM starts from

            Each has a box of its own and prints a table; .tributary/bench/NAME.json has the same.
            """;

    private static final Set<String> HELP = Set.of("", "help", "--help", "-h");

    /** A benchmark of the whole platform. */
    @FunctionalInterface
    private interface OnPlatform {
        List<Figure> run(TestBox box) throws Exception;
    }

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        String name = arguments.length > 0 ? arguments[0] : "";
        // A start has its hiccups, which clients log at length; the figures are what is wanted here.
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "error");
        Checkout checkout = Checkout.containing(Path.of(System.getProperty("tributary.root", "")));
        Path folder = checkout.state().resolve("bench-box");
        List<Figure> figures;
        switch (name) {
            case "first-row" -> figures = onPlatform(checkout, folder, box -> new FirstRow(box).run());
            case "freshness" -> {
                List<Latency> tiers = List.of(
                        arguments.length > 1 ? new Latency[] {Latency.valueOf(arguments[1])} : Latency.values());
                figures = onPlatform(checkout, folder, box -> new Freshness(box, tiers).run());
            }
            case "many-tables" -> {
                Duration measured = Duration.ofSeconds(count(arguments, 100));
                figures = onPlatform(checkout, folder, box -> new ManyTables(box, measured).run());
            }
            case "steady" -> {
                int minutes = count(arguments, 10);
                figures = onPlatform(checkout, folder, box -> new Steady(box, minutes).run());
            }
            case "snapshot" -> {
                int rows = count(arguments, 2_000_000);
                figures = onPlatform(checkout, folder, box -> new Snapshot(box, rows).run());
            }
            case "operator-start" -> {
                try (Box box = Box.startAnew(
                        checkout, folder, "bench " + folder, System.out::println, Contents.WITHOUT_STREAMING)) {
                    figures = new OperatorStart(box.layout()).run();
                }
            }
            case "job" -> {
                int records = count(arguments, 2_000_000);
                try (Box box = Box.startAnew(
                        checkout, folder, "bench " + folder, System.out::println, Contents.KAFKA_AND_CLICKHOUSE)) {
                    figures = new JobBench(box, records).run();
                }
            }
            default -> {
                System.out.print(LIST);
                System.exit(HELP.contains(name) ? 0 : 2);
                return;
            }
        }
        Report report = new Report(name, figures);
        report.print();
        report.write(checkout.state().resolve("bench"));
        System.exit(0);
    }

    private static List<Figure> onPlatform(Checkout checkout, Path folder, OnPlatform bench) throws Exception {
        try (TestBox box = TestBox.start(checkout, folder, Contents.EVERYTHING)) {
            return bench.run(box);
        }
    }

    private static int count(String[] arguments, int otherwise) {
        return arguments.length > 1 ? Integer.parseInt(arguments[1]) : otherwise;
    }
}
