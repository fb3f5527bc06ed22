package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** Parts die under steady writes; everything heals by itself and the sink equals the source. */
@Isolated("it kills parts that other tests need")
@ExtendWith(BoxExtension.class)
class FaultsTest {

    private final TestBox box;

    FaultsTest(TestBox box) {
        this.box = box;
    }

    @Test
    void taskManagerAndOperatorDieUnderSteadyWrites() {
        Client client = onboarded();
        String taskManager = taskManager(client);
        try (SteadyWrites writes = SteadyWrites.start(client.database())) {
            writes.awaitMore(500);

            box.kill(taskManager);
            writes.awaitMore(500);
            box.kill("operator");
            writes.awaitMore(500);

            awaitNewRows(client, writes.written());
        }
        assertHealed(client);
    }

    @Test
    @Tag("long")
    void twentyRoundsOfKillsUnderSteadyWrites() {
        Client client = onboarded();
        List<String> parts = List.of(taskManager(client), "operator");
        Random random = new Random(20);
        try (SteadyWrites writes = SteadyWrites.start(client.database())) {
            for (int round = 0; round < 20; round++) {
                writes.awaitMore(200 + random.nextInt(1000));
                box.kill(parts.get(random.nextInt(parts.size())));
            }

            awaitNewRows(client, writes.written());
        }
        assertHealed(client);
    }

    private Client onboarded() {
        Client client = Client.create(box, "faults");
        client.database()
                .run(
                        "CREATE TABLE counters (id int PRIMARY KEY, value bigint NOT NULL)",
                        "INSERT INTO counters SELECT n, 0 FROM generate_series(1, 200) n");
        client.apply("counters");
        client.awaitReady();
        return client;
    }

    private static String taskManager(Client client) {
        return "flink/" + client.pipeline().getStatus().effective().flinkDeployment() + "/taskmanager";
    }

    /** While the writes go on: healed, and not merely drained at the end. */
    private void awaitNewRows(Client client, long written) {
        await().atMost(Client.PATIENCE).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> assertThat(
                        Long.parseLong(
                                box.clickHouse().ask("SELECT max(value) FROM " + client.sink("counters") + " FINAL")))
                .isGreaterThan(written));
    }

    private void assertHealed(Client client) {
        client.awaitEqual("counters", "id");
        box.awaitHealthy("operator");
        client.awaitReady();
        client.deleteAndAwait();
    }
}
