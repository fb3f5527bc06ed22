package dev.tributary.bench;

import static org.awaitility.Awaitility.await;

import dev.tributary.scenarios.Client;
import dev.tributary.scenarios.TestBox;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From {@code kubectl apply} of a new tenant until its first row can be queried, three times, and where the time goes. The limit
 * it is compared with is the slowest single engine step of the same run: the start of the Flink job, or of the connector.
 */
final class FirstRow {

    private static final int RUNS = 3;
    private static final List<String> STAGES = List.of(
            "Accepted",
            "ReferencesResolved",
            "SourceReady",
            "KafkaReady",
            "SchemaReady",
            "ProcessingReady",
            "CaptureReady");

    private final TestBox box;

    FirstRow(TestBox box) {
        this.box = box;
    }

    List<Figure> run() {
        List<Map<String, Double>> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            System.out.println("first-row: run " + (i + 1) + " of " + RUNS);
            runs.add(once());
        }
        double total = median(runs, "first row queryable");
        double slowest = Math.max(median(runs, "ProcessingReady"), median(runs, "CaptureReady"));
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("first row queryable, median", total, "s", "slowest engine step", total / slowest));
        figures.add(new Figure("first row queryable, median", total, "s", "goal of 60 s", total / 60));
        for (String stage : STAGES) {
            double seconds = median(runs, stage);
            figures.add(new Figure(stage + " after", seconds, "s", "first row", seconds / total));
        }
        return figures;
    }

    private Map<String, Double> once() {
        Client client = Client.create(box, "first");
        client.database().run("CREATE TABLE items (id int PRIMARY KEY)", "INSERT INTO items VALUES (1)");
        Map<String, Double> seconds = new LinkedHashMap<>();
        long start = System.nanoTime();
        client.apply("items");
        await().atMost(Client.PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            for (String stage : STAGES) {
                client.condition(stage)
                        .filter(c -> "True".equals(c.getStatus()))
                        .map(Condition::getType)
                        .ifPresent(type -> seconds.putIfAbsent(type, since(start)));
            }
            if (seconds.containsKey("SchemaReady")
                    && !seconds.containsKey("first row queryable")
                    && !box.clickHouse()
                            .ask("SELECT count() FROM " + client.sink("items") + " FINAL")
                            .equals("0")) {
                seconds.put("first row queryable", since(start));
            }
            return seconds.size() == STAGES.size() + 1;
        });
        client.deleteAndAwait();
        return seconds;
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(List<Map<String, Double>> runs, String name) {
        return runs.stream()
                .mapToDouble(r -> r.get(name))
                .sorted()
                .skip(runs.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}
