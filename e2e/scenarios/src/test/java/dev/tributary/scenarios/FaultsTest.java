package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
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
        Client client = Client.create(box, "faults");
        client.database()
                .run(
                        "CREATE TABLE counters (id int PRIMARY KEY, value bigint NOT NULL)",
                        "INSERT INTO counters SELECT n, 0 FROM generate_series(1, 200) n");
        client.apply("counters");
        client.awaitReady();
        try (SteadyWrites writes = SteadyWrites.start(client.database())) {
            writes.awaitMore(500);

            box.killTaskManager(client.pipeline().getStatus().effective().flinkDeployment());
            writes.awaitMore(500);
            box.kill("operator");
            writes.awaitMore(500);

            // New rows come through again while the writes go on: healed, not merely drained at the end.
            long written = writes.written();
            await().atMost(Client.PATIENCE).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> assertThat(
                            Long.parseLong(box.clickHouse()
                                    .ask("SELECT max(value) FROM " + client.sink("counters") + " FINAL")))
                    .isGreaterThan(written));
        }
        client.awaitEqual("counters", "id");
        box.awaitHealthy("operator");
        client.awaitReady();
        client.deleteAndAwait();
    }
}
