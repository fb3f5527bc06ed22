package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.api.v1alpha1.TenantPipelineStatus.Paused;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is written while a pipeline is paused arrives when it is resumed. */
@ExtendWith(BoxExtension.class)
class PauseTest {

    private final TestBox box;

    PauseTest(TestBox box) {
        this.box = box;
    }

    @Test
    void aPauseUnderWrites() {
        Client client = onboarded("pause");
        client.database().run("INSERT INTO items SELECT n, 'before' FROM generate_series(101, 200) n");

        client.pause("items");

        Paused held = client.pipeline().getStatus().paused();
        assertThat(held.sourceKeeps())
                .startsWith("WAL since ")
                .contains(client.pipeline().getStatus().effective().slot());
        assertThat(Instant.parse(held.kafkaKeepsUntil())).isAfter(Instant.parse(held.since()));
        write(client);
        assertThat(client.differences("items", "id")).isNotEmpty();

        client.apply("items");

        client.awaitReady();
        client.awaitEqual("items", "id");
        assertThat(client.pipeline().getStatus().paused()).isNull();
        assertThat(client.pipeline().getStatus().effective().epoch()).isEqualTo(1);
        client.deleteAndAwait();
    }

    @Test
    @Tag("long")
    void aMinuteOfSteadyWrites() {
        Client client = Client.create(box, "pause");
        client.database().run(SteadyWrites.TABLE);
        try (SteadyWrites writes = SteadyWrites.start(client.database())) {
            client.apply("counters");
            client.awaitReady();
            client.awaitCondition("SnapshotComplete", "True", "Streaming");
            client.pause("counters");

            // About 200 a second.
            writes.awaitMore(12_000);
            client.apply("counters");

            client.awaitReady();
            writes.awaitMore(200);
        }
        client.awaitEqual("counters", "id");
        assertThat(client.pipeline().getStatus().effective().epoch()).isEqualTo(1);
        client.deleteAndAwait();
    }

    @Test
    void aPipelineThatBeginsPausedMakesNothing() {
        Client client = Client.create(box, "idle");
        client.database().run("CREATE TABLE items (id int PRIMARY KEY)");

        client.pause("items");

        assertThat(client.database().value("SELECT count(*) FROM pg_publication"))
                .isEqualTo("0");
        assertThat(box.kafka().topics()).noneMatch(topic -> topic.startsWith(client.name() + "."));
        client.deleteAndAwait();
    }

    private Client onboarded(String kind) {
        Client client = Client.create(box, kind);
        client.database()
                .run(
                        "CREATE TABLE items (id int PRIMARY KEY, note text)",
                        "INSERT INTO items SELECT n, 'note ' || n FROM generate_series(1, 100) n");
        client.apply("items");
        client.awaitReady();
        client.awaitCondition("SnapshotComplete", "True", "Streaming");
        return client;
    }

    private static void write(Client client) {
        client.database()
                .run(
                        "UPDATE items SET note = 'other' WHERE id % 3 = 0",
                        "DELETE FROM items WHERE id % 7 = 0",
                        "UPDATE items SET id = id + 1000 WHERE id % 11 = 0",
                        "INSERT INTO items SELECT n, 'late' FROM generate_series(201, 300) n");
    }
}
