package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.api.v1alpha1.PipelineClass;
import dev.tributary.api.v1alpha1.PipelineClassSpec;
import dev.tributary.api.v1alpha1.TenantPipelineSpec;
import dev.tributary.api.v1alpha1.TenantPipelineSpec.ClassRef;
import dev.tributary.box.supervisor.ResidentMemory;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** ClickHouse, or where the job keeps its checkpoints, fails in ways that leave every process alive, under steady writes. */
@Isolated("it stops parts that other tests need")
@ExtendWith(BoxExtension.class)
class SinkFaultsTest {

    /** The job waits for five minutes before it stops. */
    private static final Duration LONGER_THAN_PATIENCE = Duration.ofMinutes(9);

    private final TestBox box;

    SinkFaultsTest(TestBox box) {
        this.box = box;
    }

    /** It keeps its connections, takes in what their buffers hold, and answers nobody. */
    @Test
    @Tag("long")
    void aClickHouseThatStandsStillForAMinuteIsWaitedForInBoundedMemory() {
        Client client = onboarded();
        String taskManager = cluster(client) + "/taskmanager";
        try (SteadyWrites writes = SteadyWrites.start(client.database())) {
            writes.awaitMore(500);
            long before = ResidentMemory.megabytesOf(box.pid(taskManager));

            box.signal("clickhouse", "STOP");
            try {
                Instant end = Instant.now().plusSeconds(60);
                await().pollInterval(Duration.ofSeconds(1))
                        .atMost(Client.PATIENCE)
                        .untilAsserted(() -> assertThat(Instant.now()).isAfter(end));
                writes.awaitMore(500);
            } finally {
                box.signal("clickhouse", "CONT");
            }

            long after = ResidentMemory.megabytesOf(box.pid(taskManager));
            System.out.println("TaskManager: " + before + " MB before, " + after + " MB while ClickHouse stood still");
            assertThat(after).as("MB resident").isLessThan(2 * before);
            new VisibleCounters(box, client).awaitHigherThan(writes.highest());
        }
        assertHealed(client);
    }

    @Test
    @Tag("long")
    void tooManyPartsAreWaitedOut() {
        Client client = onboarded();
        String table = client.sink("counters");
        try (SteadyWrites writes = SteadyWrites.start(client.database())) {
            writes.awaitMore(500);
            long refusedBefore = refused();
            box.clickHouse().ask("SYSTEM STOP MERGES " + table);

            box.clickHouse()
                    .ask(
                            "ALTER TABLE " + table
                                    + " MODIFY SETTING parts_to_throw_insert = 2, parts_to_delay_insert = 2, max_delay_to_insert = 1");

            await().atMost(Client.PATIENCE)
                    .untilAsserted(() -> assertThat(refused()).isGreaterThan(refusedBefore + 2));
            writes.awaitMore(500);
            box.clickHouse()
                    .ask("ALTER TABLE " + table
                            + " RESET SETTING parts_to_throw_insert, parts_to_delay_insert, max_delay_to_insert");
            box.clickHouse().ask("SYSTEM START MERGES " + table);
            new VisibleCounters(box, client).awaitHigherThan(writes.highest());
        }
        assertHealed(client);
    }

    private long refused() {
        String count = box.clickHouse().ask("SELECT sum(value) FROM system.errors WHERE name = 'TOO_MANY_PARTS'");
        return Long.parseLong(count);
    }

    /** Rows flow on; what a restart then reads again from the last checkpoint does no harm. */
    @Test
    @Tag("long")
    void checkpointsThatCannotBeWrittenHoldNobodyUp() throws IOException {
        Client client = onboarded();
        Path checkpoints = checkpoints(client);
        Path aside = checkpoints.resolveSibling("aside");
        try (SteadyWrites writes = SteadyWrites.start(client.database())) {
            writes.awaitMore(500);
            new VisibleCounters(box, client).awaitHigherThan(0);

            Files.move(checkpoints, aside);
            Files.writeString(checkpoints, "a file where a folder should be");

            writes.awaitMore(5000);
            new VisibleCounters(box, client).awaitHigherThan(writes.highest());
            client.awaitReady();
            Files.delete(checkpoints);
            Files.move(aside, checkpoints);
            box.kill(cluster(client) + "/taskmanager");
            box.awaitHealthy(cluster(client) + "/taskmanager");
            new VisibleCounters(box, client).awaitHigherThan(writes.highest());
        }
        assertHealed(client);
    }

    /**
     * Each client has a ClickHouse user of its own. For longer than its job is patient, one's may only read, one's has used
     * up its quota, and one's table is on a disk that is full: the jobs stop, say why, and go on where they were.
     */
    @Test
    @Tag("long")
    void aClickHouseThatTakesNoRowsIsWaitedForThenNamed() throws IOException {
        Client readOnly = Client.create(box, "readonly");
        Client overQuota = Client.create(box, "quota");
        Client fullDisk = Client.create(box, "full");
        List<Client> clients = List.of(readOnly, overQuota, fullDisk);
        ClickHouseUsers users =
                new ClickHouseUsers(box, clients.stream().map(Client::name).toList());
        users.write(Map.of());
        clients.forEach(this::onboardAsItsOwnUser);
        List<SteadyWrites> writes =
                clients.stream().map(c -> SteadyWrites.start(c.database())).toList();
        writes.forEach(w -> w.awaitMore(500));

        box.clickHouse()
                .ask("ALTER TABLE " + fullDisk.sink("counters")
                        + " MODIFY SETTING min_free_disk_bytes_to_perform_insert = 1000000000000000");
        users.write(Map.of(
                readOnly.name(),
                ClickHouseUsers.Limit.READ_ONLY,
                overQuota.name(),
                ClickHouseUsers.Limit.NOTHING_TO_BE_WRITTEN));

        assertStopped(readOnly, "readonly mode");
        assertStopped(overQuota, "Quota for user");
        assertStopped(fullDisk, "Could not perform insert");
        box.clickHouse()
                .ask("ALTER TABLE " + fullDisk.sink("counters")
                        + " RESET SETTING min_free_disk_bytes_to_perform_insert");
        users.write(Map.of());
        for (int i = 0; i < clients.size(); i++) {
            new VisibleCounters(box, clients.get(i))
                    .awaitHigherThan(writes.get(i).highest());
            writes.get(i).close();
            assertHealed(clients.get(i));
        }
        users.remove();
    }

    private void assertStopped(Client client, String words) {
        String message = client.awaitCondition("ProcessingReady", "False", "JobFailed", LONGER_THAN_PATIENCE);
        assertThat(message).contains("ClickHouseOverloaded", words);
        long megabytes = ResidentMemory.megabytesOf(box.pid(cluster(client) + "/taskmanager"));
        System.out.println("TaskManager: " + megabytes + " MB after minutes of \"" + words + "\"");
        assertThat(megabytes).as("MB resident").isLessThan(HighestMemory.OF_A_TASK_MANAGER);
    }

    private void onboardAsItsOwnUser(Client client) {
        box.kubernetes()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace("tributary-system")
                        .withName(client.name())
                        .endMetadata()
                        .withStringData(Map.of("username", client.name(), "password", ClickHouseUsers.PASSWORD))
                        .build())
                .create();
        PipelineClass like = box.classLike(client.name(), "15m", box.layout().clickHouseUrl());
        PipelineClassSpec spec = like.getSpec();
        like.setSpec(new PipelineClassSpec(
                spec.kafka(),
                spec.connect(),
                spec.flink(),
                new PipelineClassSpec.ClickHouse(
                        spec.clickhouse().url(), new PipelineClassSpec.SecretRef(client.name())),
                spec.teardownTimeout(),
                spec.allowedNamespaces()));
        box.kubernetes().resource(like).create();
        client.database().run(SteadyWrites.TABLE);
        client.apply(s -> new TenantPipelineSpec(s.tenant(), new ClassRef(client.name()), s.source()), "counters");
        client.awaitReady();
    }

    private Path checkpoints(Client client) {
        String deployment = client.pipeline().getStatus().effective().flinkDeployment();
        return box.layout().flinkState().resolve(deployment).resolve("epoch-1").resolve("checkpoints");
    }

    private static String cluster(Client client) {
        return "flink/" + client.pipeline().getStatus().effective().flinkDeployment();
    }

    private Client onboarded() {
        Client client = SteadyWrites.onboarded(box, "sinks");
        client.awaitCondition("SnapshotComplete", "True", "Streaming");
        return client;
    }

    private void assertHealed(Client client) {
        client.awaitEqual("counters", "id");
        client.awaitReady();
        client.deleteAndAwait();
    }
}
