package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

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
