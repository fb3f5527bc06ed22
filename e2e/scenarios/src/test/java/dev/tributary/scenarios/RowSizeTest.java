package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.api.v1alpha1.PipelineClass;
import dev.tributary.api.v1alpha1.TenantPipelineSpec;
import dev.tributary.api.v1alpha1.TenantPipelineSpec.ClassRef;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A row that outgrows a record stops the capture, says so, and arrives once the class lets it. */
@ExtendWith(BoxExtension.class)
class RowSizeTest {

    private final TestBox box;

    RowSizeTest(TestBox box) {
        this.box = box;
    }

    @Test
    @Tag("long")
    void aRowThatOutgrowsARecordWaitsUntilTheClassLetsItThrough() {
        Client client = Client.create(box, "large");
        client.database()
                .run("CREATE TABLE items (id int PRIMARY KEY, note text)", "INSERT INTO items VALUES (1, 'small')");
        classWithRecordsOf(client.name(), 65536);
        client.apply(s -> new TenantPipelineSpec(s.tenant(), new ClassRef(client.name()), s.source()), "items");
        client.awaitCondition("SnapshotComplete", "True", "Streaming");
        client.database()
                .run("INSERT INTO items SELECT 2, string_agg(md5(n::text), '') FROM generate_series(1, 9000) n");
        String message = client.awaitCondition("CaptureReady", "False", "ConnectorFailed");
        assertThat(message).contains("RecordTooLargeException", "kafka.topics.maxRecordBytes");

        classWithRecordsOf(client.name(), 1048576);

        client.awaitReady();
        client.awaitEqual("items", "id");
        client.deleteAndAwait();
        box.kubernetes().resources(PipelineClass.class).withName(client.name()).delete();
    }

    /** Unchanged ones too, which the job reads from ClickHouse. */
    @Test
    @Tag("long")
    void rowsOfTenMegabytesArrive() {
        Client client = Client.create(box, "large");
        client.database().run("CREATE TABLE items (id int PRIMARY KEY, n int NOT NULL, note text)", items(1, 4));
        classWithRecordsOf(client.name(), 16777216);
        client.apply(s -> new TenantPipelineSpec(s.tenant(), new ClassRef(client.name()), s.source()), "items");
        client.awaitCondition("SnapshotComplete", "True", "Streaming");
        client.awaitReady();
        HighestMemory taskManager = HighestMemory.of(
                box, "flink/" + client.pipeline().getStatus().effective().flinkDeployment() + "/taskmanager");
        HighestMemory connect = HighestMemory.of(box, "connect");

        client.database()
                .run(
                        items(5, 12),
                        "UPDATE items SET n = 1",
                        "UPDATE items SET n = 2, note = note || '!' WHERE id = 3",
                        "UPDATE items SET id = 100 WHERE id = 4",
                        "DELETE FROM items WHERE id = 5");

        await("source = sink").atMost(Client.PATIENCE).untilAsserted(() -> {
            taskManager.look();
            connect.look();
            assertThat(box.clickHouse()
                            .lines("SELECT id, n, length(note), lower(hex(MD5(note))) FROM " + client.sink("items")
                                    + " FINAL ORDER BY id FORMAT TSV"))
                    .as(client::allConditions)
                    .isEqualTo(client.database()
                            .value(
                                    "SELECT string_agg(id || E'\\t' || n || E'\\t' || octet_length(note) || E'\\t' || md5(note), E'\\n'"
                                            + " ORDER BY id) FROM items")
                            .lines()
                            .toList());
        });
        System.out.println("rows of 10 MB: " + taskManager + ", " + connect);
        assertThat(taskManager.megabytes()).isLessThan(HighestMemory.OF_A_TASK_MANAGER);
        client.deleteAndAwait();
        box.kubernetes().resources(PipelineClass.class).withName(client.name()).delete();
    }

    /** Of 10 MB each, kept apart from their rows. */
    private static String items(int from, int to) {
        return "INSERT INTO items SELECT id, 0, (SELECT string_agg(md5((id * n)::text), '') FROM generate_series(1, 327680) n)"
                + " FROM generate_series(" + from + ", " + to + ") id";
    }

    private void classWithRecordsOf(String name, int bytes) {
        var classes = box.kubernetes().resources(PipelineClass.class);
        if (classes.withName(name).get() == null) {
            PipelineClass standard = classes.withName("standard").get();
            PipelineClass copy = new PipelineClass();
            copy.getMetadata().setName(name);
            copy.setSpec(standard.getSpec());
            box.kubernetes().resource(copy).create();
        }
        classes.withName(name)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"kafka\":{\"topics\":{\"maxRecordBytes\":" + bytes + "}}}}");
    }
}
