package dev.tributary.scenarios;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** Parts die by SIGKILL under steady writes; everything heals by itself and the sink equals the source. */
@Isolated("it kills parts that other tests need")
@ExtendWith(BoxExtension.class)
class FaultsTest {

    private final TestBox box;

    FaultsTest(TestBox box) {
        this.box = box;
    }

    @Test
    void everyPartDiesOnceUnderSteadyWrites() {
        Client client = onboarded();
        try (SteadyWrites writes = SteadyWrites.start(client.database())) {
            VisibleCounters visible = visible(client);
            visible.awaitHigherThan(0);

            for (String part : parts(client)) {
                killAndAwait(List.of(part), writes, visible);
            }
        }
        assertHealed(client);
    }

    @Test
    @Tag("long")
    void twentyRoundsOfTwoKillsUnderSteadyWrites() {
        Client client = onboarded();
        List<String> parts = new ArrayList<>(parts(client));
        Random random = new Random(20);
        try (SteadyWrites writes = SteadyWrites.start(client.database())) {
            VisibleCounters visible = visible(client);
            for (int round = 0; round < 20; round++) {
                writes.awaitMore(200 + random.nextInt(1000));
                Collections.shuffle(parts, random);
                killAndAwait(parts.subList(0, 2), writes, visible);
            }
        }
        assertHealed(client);
    }

    @Test
    @Tag("long")
    void allPartsDieWhilePaused() {
        Client client = onboarded();
        client.awaitCondition("SnapshotComplete", "True", "Streaming");
        List<String> parts = parts(client).stream()
                .filter(part -> !part.startsWith("flink/"))
                .toList();
        try (SteadyWrites writes = SteadyWrites.start(client.database())) {
            client.pause("counters");

            parts.forEach(box::kill);

            parts.forEach(box::awaitHealthy);
            writes.awaitMore(2000);
            client.apply("counters");
            visible(client).awaitHigherThan(writes.highest());
        }
        assertHealed(client);
    }

    @Test
    @Tag("long")
    void aConnectThatDoesNotAnswerIsNamed() {
        Client client = onboarded();
        client.awaitCondition("SnapshotComplete", "True", "Streaming");

        box.signal("connect", "STOP");

        try {
            client.awaitCondition("CaptureReady", "False", "ConnectUnreachable");
        } finally {
            box.signal("connect", "CONT");
        }
        client.database().run("UPDATE counters SET value = 1 WHERE id = 1");
        assertHealed(client);
    }

    private Client onboarded() {
        Client client = Client.create(box, "faults");
        client.database().run(SteadyWrites.TABLE, "INSERT INTO counters SELECT n, 0 FROM generate_series(1, 100) n");
        client.apply("counters");
        client.awaitReady();
        return client;
    }

    private static List<String> parts(Client client) {
        String cluster = "flink/" + client.pipeline().getStatus().effective().flinkDeployment();
        return List.of(
                "operator",
                cluster + "/taskmanager",
                cluster + "/jobmanager",
                "connect",
                "kafka",
                "clickhouse",
                "postgres",
                "kube-apiserver",
                "etcd");
    }

    private VisibleCounters visible(Client client) {
        return new VisibleCounters(box.clickHouse(), client.sink("counters"));
    }

    /** While the writes go on: healed, and not merely drained at the end. */
    private void killAndAwait(List<String> parts, SteadyWrites writes, VisibleCounters visible) {
        parts.forEach(box::kill);
        parts.forEach(box::awaitHealthy);
        writes.awaitMore(200);
        visible.awaitHigherThan(writes.highest());
    }

    private void assertHealed(Client client) {
        client.awaitEqual("counters", "id");
        client.awaitReady();
        client.deleteAndAwait();
    }
}
