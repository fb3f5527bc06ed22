package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZonedDateTime;
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
    @Tag("long")
    void everyPartDiesOnceUnderSteadyWrites() {
        Client client = SteadyWrites.onboarded(box, "faults");
        try (SteadyWrites writes = SteadyWrites.start(client.database())) {
            VisibleCounters visible = new VisibleCounters(box, client);
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
        Client client = SteadyWrites.onboarded(box, "faults");
        List<String> parts = new ArrayList<>(parts(client));
        Random random = new Random(20);
        try (SteadyWrites writes = SteadyWrites.start(client.database())) {
            VisibleCounters visible = new VisibleCounters(box, client);
            for (int round = 0; round < 20; round++) {
                writes.awaitMore(200 + random.nextInt(1000));
                Collections.shuffle(parts, random);
                killAndAwait(parts.subList(0, 2), writes, visible);
            }
        }
        assertHealed(client);
    }

    /** Somebody else has it: two that work would write over each other. */
    @Test
    @Tag("long")
    void anOperatorThatLosesItsLeaseEndsAndComesBackAsAStandby() {
        long before = box.pid("operator");

        box.kubernetes()
                .leases()
                .inNamespace("tributary-system")
                .withName("tributary-operator")
                .edit(lease -> {
                    lease.getSpec().setHolderIdentity("another");
                    lease.getSpec().setRenewTime(ZonedDateTime.now());
                    return lease;
                });

        await().atMost(Client.PATIENCE)
                .untilAsserted(() -> assertThat(box.pid("operator")).isNotEqualTo(before));
        // The other one never renews it.
        await().atMost(Client.PATIENCE).untilAsserted(() -> assertThat(box.kubernetes()
                        .leases()
                        .inNamespace("tributary-system")
                        .withName("tributary-operator")
                        .get()
                        .getSpec()
                        .getHolderIdentity())
                .isEqualTo("operator"));
        assertHealed(SteadyWrites.onboarded(box, "faults"));
    }

    @Test
    @Tag("long")
    void allPartsDieWhilePaused() {
        Client client = SteadyWrites.onboarded(box, "faults");
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
            new VisibleCounters(box, client).awaitHigherThan(writes.highest());
        }
        assertHealed(client);
    }

    /** Debezium would read the tables again beside what it sent before, and never tell of rows deleted in between. */
    @Test
    @Tag("long")
    void connectDiesInTheMiddleOfASnapshotUnderWrites() throws SQLException {
        Client client = Client.create(box, "cut");
        client.database()
                .run(
                        "CREATE TABLE a_first (id int PRIMARY KEY, note text)",
                        "INSERT INTO a_first SELECT n, 'note ' || n FROM generate_series(1, 50000) n",
                        "CREATE TABLE b_second (id int PRIMARY KEY, note text)",
                        "INSERT INTO b_second SELECT n, 'note ' || n FROM generate_series(1, 100) n");
        try (Connection lock = client.database().connect();
                Statement statement = lock.createStatement()) {
            lock.setAutoCommit(false);
            client.apply("a_first", "b_second");
            await().atMost(Client.PATIENCE).pollInterval(Duration.ofMillis(20)).untilAsserted(() -> assertThat(
                            box.postgres()
                                    .value("SELECT count(*) FROM pg_replication_slots WHERE database = '"
                                            + client.name() + "'"))
                    .isEqualTo("1"));
            // The snapshot comes as far as here and no farther.
            statement.execute("LOCK TABLE b_second IN ACCESS EXCLUSIVE MODE");
            await().atMost(Client.PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(
                            Integer.parseInt(box.clickHouse().ask("SELECT count() FROM " + client.sink("a_first"))))
                    .isGreaterThan(1000));
            client.database()
                    .run(
                            "DELETE FROM a_first WHERE id <= 1000",
                            "UPDATE a_first SET note = 'other' WHERE id BETWEEN 1001 AND 2000");

            box.kill("connect");

            lock.rollback();
        }
        client.awaitEpoch(2);
        client.awaitCondition("SnapshotComplete", "True", "Streaming");
        client.awaitReady();
        assertThat(client.differences("a_first", "id")).isEmpty();
        assertThat(client.differences("b_second", "id")).isEmpty();
        client.deleteAndAwait();
    }

    @Test
    @Tag("long")
    void aConnectThatDoesNotAnswerIsNamed() {
        Client client = SteadyWrites.onboarded(box, "faults");
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
