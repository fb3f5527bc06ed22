package dev.tributary.bench;

import dev.tributary.bench.job.JobBench;
import dev.tributary.box.Box;
import dev.tributary.box.Contents;
import dev.tributary.box.layout.Checkout;
import dev.tributary.scenarios.TestBox;
import java.nio.file.Path;
import java.util.List;

/** {@code ./tributary bench [name]}. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        String name = arguments.length > 0 ? arguments[0] : "";
        // A start has its hiccups, which clients log at length; the figures are what is wanted here.
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "error");
        Checkout checkout = Checkout.containing(Path.of(System.getProperty("tributary.root", "")));
        Path folder = checkout.state().resolve("bench-box");
        List<Figure> figures;
        switch (name) {
            case "first-row" -> {
                try (TestBox box = TestBox.start(checkout, folder, Contents.EVERYTHING)) {
                    figures = new FirstRow(box).run();
                }
            }
            case "freshness" -> {
                try (TestBox box = TestBox.start(checkout, folder, Contents.EVERYTHING)) {
                    figures = new Freshness(box).run();
                }
            }
            case "operator-start" -> {
                try (Box box = Box.startAnew(
                        checkout, folder, "bench " + folder, System.out::println, Contents.WITHOUT_STREAMING)) {
                    figures = new OperatorStart(box.layout()).run();
                }
            }
            case "job" -> {
                int records = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2_000_000;
                try (Box box = Box.startAnew(
                        checkout, folder, "bench " + folder, System.out::println, Contents.KAFKA_AND_CLICKHOUSE)) {
                    figures = new JobBench(box, records).run();
                }
            }
            default -> {
                System.out.println("first-row        kubectl apply of a new tenant until its first row is queryable");
                System.out.println("freshness        commit at the source until the row is queryable, by latency tier");
                System.out.println(
                        "job [records]    a full topic through the streaming job, against what the machine can do, and against peers");
                System.out.println(
                        "operator-start   the operator's process until it is ready, by what its JVM starts from");
                System.exit(arguments.length == 0 ? 0 : 2);
                return;
            }
        }
        Report report = new Report(name, figures);
        report.print();
        report.write(checkout.state().resolve("bench"));
        System.exit(0);
    }
}
