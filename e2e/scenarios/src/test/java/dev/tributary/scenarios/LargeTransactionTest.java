package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A transaction of a million rows, which PostgreSQL sends only once it is committed, and then all at once. */
@ExtendWith(BoxExtension.class)
class LargeTransactionTest {

    private static final Duration MINUTES = Duration.ofMinutes(10);

    private static final String IN_POSTGRES = """
            SELECT concat_ws(' ', count(*), sum(id), sum(id::bigint * n),
                             sum(('x' || left(md5(note), 8))::bit(32)::bit(64)::bigint >> 32 & 4294967295)) FROM items
            """;

    private final TestBox box;

    LargeTransactionTest(TestBox box) {
        this.box = box;
    }

    @Test
    @Tag("long")
    void aMillionRowsInOneTransaction() {
        Client client = Client.create(box, "million");
        client.database()
                .run(
                        "CREATE TABLE items (id int PRIMARY KEY, n int NOT NULL, note text NOT NULL)",
                        "INSERT INTO items SELECT n, 0, md5(n::text) FROM generate_series(1, 1000) n");
        client.apply("items");
        client.awaitReady();
        client.awaitCondition("SnapshotComplete", "True", "Streaming");
        HighestMemory taskManager = HighestMemory.of(
                box, "flink/" + client.pipeline().getStatus().effective().flinkDeployment() + "/taskmanager");
        HighestMemory connect = HighestMemory.of(box, "connect");

        client.database()
                .run(
                        "BEGIN; INSERT INTO items SELECT n, 0, repeat(md5(n::text), 4) FROM generate_series(1001, 1000000) n;"
                                + " UPDATE items SET n = id % 7 + 1 WHERE id % 10 = 0; DELETE FROM items WHERE id % 100 = 3; COMMIT");

        await("source = sink")
                .atMost(MINUTES)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    taskManager.look();
                    connect.look();
                    assertThat(box.clickHouse().lines(inClickHouse(client)))
                            .as(client::allConditions)
                            .containsExactly(client.database().value(IN_POSTGRES));
                });
        System.out.println("a million rows in one transaction: " + taskManager + ", " + connect);
        assertThat(taskManager.megabytes()).isLessThan(HighestMemory.OF_A_TASK_MANAGER);
        client.awaitReady();
        client.deleteAndAwait();
    }

    private static String inClickHouse(Client client) {
        return """
                SELECT concatWithSeparator(' ', count(), sum(id), sum(toInt64(id) * n),
                                           sum(reinterpretAsUInt32(reverse(substring(MD5(note), 1, 4))))) FROM %s FINAL
                """.formatted(client.sink("items"));
    }
}
