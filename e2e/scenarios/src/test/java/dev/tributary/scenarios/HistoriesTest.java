package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories of a real source, written while it is read and streamed and while parts of the way die by SIGKILL at
 * random: what an analyst sees never goes back, and is in the end what the source has. A failure names its seed; with
 * {@code -DargLine=-Dhistories.seed=...} the source writes the same changes again and the same parts die in the same order.
 */
@Isolated("it kills parts that other tests need")
@ExtendWith(BoxExtension.class)
class HistoriesTest {

    private static final long SEED = Long.getLong("histories.seed", 6);

    private final TestBox box;

    HistoriesTest(TestBox box) {
        this.box = box;
    }

    /** In which each part dies once. */
    @Test
    void threeWithKills() {
        Client client = Client.create(box, "history");
        check(SEED, client, run -> {
            run.onboard();
            run.history(1);
            run.history(1);
            run.history(2);
        });
    }

    static List<Long> seeds() {
        return Long.getLong("histories.seed") != null
                ? List.of(SEED)
                : new Random(SEED).longs(10).boxed().toList();
    }

    /** Ten clients with five each; parts die in snapshots as well, and some tables are read again. */
    @ParameterizedTest
    @MethodSource("seeds")
    @Tag("long")
    void fiftyWithKills(long seed) {
        Client client = Client.create(box, "history");
        Random random = new Random(seed);
        check(seed, client, run -> {
            run.onboardWithAKill(random.nextInt(300));
            for (int history = 0; history < 5; history++) {
                if (random.nextInt(3) == 0) {
                    run.readAgain();
                }
                run.history(1 + random.nextInt(3));
            }
        });
    }

    private void check(long seed, Client client, Consumer<Run> histories) {
        try (RandomWrites writes = RandomWrites.start(client.database(), new Random(seed))) {
            histories.accept(new Run(box, client, writes, new Random(seed)));
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("histories.seed=" + seed + ": " + e.getMessage(), e);
        }
        client.awaitReady();
        client.deleteAndAwait();
    }

    /** One client's histories, one after the other. */
    private static final class Run {

        private final TestBox box;
        private final Client client;
        private final RandomWrites writes;
        private final Random random;
        private final List<VisibleRows> visible = new ArrayList<>();
        private final List<String> parts = new ArrayList<>();
        private int histories;

        Run(TestBox box, Client client, RandomWrites writes, Random random) {
            this.box = box;
            this.client = client;
            this.writes = writes;
            this.random = random;
        }

        /** The snapshot reads tables that are written. */
        void onboard() {
            apply();
            awaitStreaming();
        }

        /** And something dies when the capture has just begun. */
        void onboardWithAKill(int transactionsBefore) {
            apply();
            client.awaitStatus("ProcessingReady", "True");
            writes.run(transactionsBefore);
            box.kill(nextPart());
            awaitStreaming();
        }

        private void apply() {
            client.apply(
                    RandomWrites.TABLES.stream().map(RandomWrites.Table::name).toArray(String[]::new));
        }

        private void awaitStreaming() {
            await("all is streamed")
                    .atMost(Client.PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .untilAsserted(() -> {
                        writes.run(2);
                        assertThat(client.condition("SnapshotComplete"))
                                .as(client::allConditions)
                                .hasValueSatisfying(condition ->
                                        assertThat(condition.getStatus()).isEqualTo("True"));
                    });
            for (RandomWrites.Table table : RandomWrites.TABLES) {
                visible.add(new VisibleRows(box, client, table.name(), "v", table.key()));
            }
        }

        /** A new epoch, whose snapshot overlaps what comes next. */
        void readAgain() {
            int epoch = client.pipeline().getStatus().effective().epoch() + 1;
            client.annotate("tributary.dev/resnapshot", Integer.toString(epoch));
            client.awaitEpoch(epoch);
        }

        void history(int kills) {
            histories++;
            for (int kill = 0; kill < kills; kill++) {
                String part = nextPart();
                box.awaitHealthy(part);
                writes.run(20 + random.nextInt(80));
                visible.forEach(VisibleRows::look);
                box.kill(part);
                writes.run(20 + random.nextInt(80));
            }
            await("source = sink")
                    .atMost(Client.PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> {
                        visible.forEach(VisibleRows::look);
                        assertThat(differences())
                                .as(() -> "history " + histories + "\n" + client.allConditions())
                                .isEmpty();
                    });
            visible.forEach(VisibleRows::assertNoneWentBack);
        }

        private List<String> differences() {
            List<String> found = new ArrayList<>();
            for (RandomWrites.Table table : RandomWrites.TABLES) {
                client.differences(table.name(), table.keys())
                        .forEach(difference -> found.add(table.name() + ": " + difference));
            }
            return found;
        }

        /** Each dies once before one dies again. */
        private String nextPart() {
            if (parts.isEmpty()) {
                String cluster =
                        "flink/" + client.pipeline().getStatus().effective().flinkDeployment();
                parts.addAll(List.of(cluster + "/taskmanager", cluster + "/jobmanager", "connect", "kafka"));
                Collections.shuffle(parts, random);
            }
            return parts.remove(0);
        }
    }
}
