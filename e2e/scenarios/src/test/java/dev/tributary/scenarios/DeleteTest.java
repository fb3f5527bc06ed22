package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.api.v1alpha1.TenantPipelineSpec;
import dev.tributary.api.v1alpha1.TenantPipelineSpec.ClassRef;
import dev.tributary.api.v1alpha1.TenantPipelineSpec.DeletionPolicy;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What kubectl delete leaves, as docs/conventions.md says. */
@ExtendWith(BoxExtension.class)
class DeleteTest {

    private final TestBox box;

    DeleteTest(TestBox box) {
        this.box = box;
    }

    @Test
    void deleteRemovesWhatCostsAndKeepsTheData() {
        Client client = Client.create(box, "delete");
        client.database()
                .run(
                        "CREATE TABLE items (id int PRIMARY KEY, note text)",
                        "INSERT INTO items SELECT n, 'note ' || n FROM generate_series(1, 100) n");
        client.apply("items");
        client.awaitReady();
        client.awaitEqual("items", "id");
        String connector = client.pipeline().getStatus().effective().connector();
        assertThat(box.connectors()).contains(connector);
        await().atMost(Client.PATIENCE)
                .untilAsserted(() -> assertThat(box.connectorOffsets(connector)).isNotEmpty());

        client.deleteAndAwait();

        assertThat(children(client)).isEmpty();
        assertThat(box.connectors()).doesNotContain(connector);
        assertThat(box.connectorOffsets(connector)).isEmpty();
        assertThat(client.database().value("SELECT count(*) FROM pg_publication"))
                .isEqualTo("0");
        assertThat(box.postgres()
                        .value("SELECT count(*) FROM pg_replication_slots WHERE database = '" + client.name() + "'"))
                .isEqualTo("0");
        assertThat(box.clickHouse().ask("SELECT count() FROM " + client.sink("items") + " FINAL"))
                .isEqualTo("100");
        assertThat(box.topics()).contains(client.name() + ".main.public.items");
        assertThat(claim(client)).isNotNull();
    }

    @Test
    void whatWasKeptIsTakenBackWithoutGhosts() {
        Client client = Client.create(box, "back");
        client.database()
                .run(
                        "CREATE TABLE items (id int PRIMARY KEY, note text)",
                        "INSERT INTO items SELECT n, 'note ' || n FROM generate_series(1, 100) n");
        client.apply("items");
        client.awaitReady();
        client.awaitEqual("items", "id");
        client.deleteAndAwait();
        client.database()
                .run(
                        "DELETE FROM items WHERE id <= 10",
                        "UPDATE items SET note = 'other' WHERE id = 11",
                        "UPDATE items SET id = 1000 WHERE id = 12",
                        "INSERT INTO items VALUES (101, 'new')");

        client.apply("items");

        client.awaitReady();
        // Ready says that what is gone at the source is gone here: nothing is awaited any more.
        assertThat(client.differences("items", "id")).isEmpty();
        assertThat(client.pipeline().getStatus().effective().epoch()).isEqualTo(2);
        client.database().run("DELETE FROM items WHERE id = 11", "INSERT INTO items VALUES (1, 'back')");
        client.awaitEqual("items", "id");
        client.deleteAndAwait();
    }

    @Test
    void theDataGoesTooWhenThatIsWished() {
        Client client = Client.create(box, "gone");
        client.database().run("CREATE TABLE items (id int PRIMARY KEY)", "INSERT INTO items VALUES (1)");
        client.apply(DeleteTest::deletingData, "items");
        client.awaitReady();
        client.awaitEqual("items", "id");

        client.deleteAndAwait();

        assertThat(children(client)).isEmpty();
        assertThat(box.topics()).noneMatch(topic -> topic.contains(client.name() + "."));
        assertThat(box.consumerGroups()).noneMatch(group -> group.startsWith(client.name() + "."));
        assertThat(box.clickHouse().ask("SELECT count() FROM system.databases WHERE name = '" + client.name() + "'"))
                .isEqualTo("0");
        assertThat(claim(client)).isNull();
    }

    @Test
    @Tag("long")
    void aSourceThatIsGoneIsAbandonedByAnnotation() {
        Client client = Client.create(box, "away");
        client.database().run("CREATE TABLE items (id int PRIMARY KEY)");
        client.apply("items");
        client.awaitReady();
        client.awaitCondition("SnapshotComplete", "True", "Streaming");
        String slot = client.pipeline().getStatus().effective().slot();
        box.postgres().run("ALTER ROLE " + client.name() + " NOLOGIN");
        client.delete();
        assertThat(client.awaitCondition("SourceReady", "False", "AuthenticationFailed"))
                .contains(slot);

        client.annotate("tributary.dev/abandon-source", "true");

        client.awaitGone();
        assertThat(children(client)).isEmpty();
        assertThat(client.events("SourceAbandoned")).singleElement().satisfies(event -> {
            assertThat(event.getType()).isEqualTo("Warning");
            assertThat(event.getMessage()).contains(slot, box.address(), "pg_drop_replication_slot");
        });
        box.postgres().run("SELECT pg_drop_replication_slot('" + slot + "')");
    }

    @Test
    @Tag("long")
    void aSourceThatIsGoneIsLeftAfterTheTimeout() {
        Client client = Client.create(box, "late");
        client.database().run("CREATE TABLE items (id int PRIMARY KEY)");
        box.kubernetes()
                .resource(box.classLike(client.name(), "5s", box.layout().clickHouseUrl()))
                .create();
        client.apply(
                spec -> new TenantPipelineSpec(spec.tenant(), new ClassRef(client.name()), spec.source()), "items");
        client.awaitReady();
        client.awaitCondition("SnapshotComplete", "True", "Streaming");
        String slot = client.pipeline().getStatus().effective().slot();
        box.postgres().run("ALTER ROLE " + client.name() + " NOLOGIN");

        client.deleteAndAwait();

        assertThat(client.events("SourceAbandoned")).singleElement().satisfies(event -> assertThat(event.getMessage())
                .contains(slot));
        box.postgres().run("SELECT pg_drop_replication_slot('" + slot + "')");
    }

    private static TenantPipelineSpec deletingData(TenantPipelineSpec spec) {
        return new TenantPipelineSpec(
                spec.tenant(), spec.classRef(), spec.desiredState(), spec.source(), DeletionPolicy.Delete);
    }

    private ConfigMap claim(Client client) {
        return box.kubernetes()
                .configMaps()
                .inNamespace("tributary-system")
                .withName("tributary-tenant-" + client.name())
                .get();
    }

    @Test
    void nobodyElseTakesWhatWasKept() {
        Client client = Client.create(box, "kept");
        Client other = Client.create(box, "thief");
        client.database().run("CREATE TABLE items (id int PRIMARY KEY)");
        other.database().run("CREATE TABLE items (id int PRIMARY KEY)");
        client.apply("items");
        client.awaitReady();
        client.deleteAndAwait();

        other.apply(spec -> new TenantPipelineSpec(client.name(), null, spec.source()), "items");

        assertThat(other.awaitCondition("Accepted", "False", "TenantAlreadyClaimed"))
                .contains(client.name());
        other.deleteAndAwait();
    }

    private List<String> children(Client client) {
        Map<String, String> labels = Map.of("tributary.dev/tenant", client.name());
        Stream<HasMetadata> core = Stream.of("kafka", "flink").flatMap(namespace -> Stream.of(
                        box.kubernetes().secrets(), box.kubernetes().configMaps())
                .flatMap(kind -> kind.inNamespace(namespace).withLabels(labels).list().getItems().stream()));
        Stream<GenericKubernetesResource> engines = Stream.of(
                        new String[] {"kafka.strimzi.io", "v1", "KafkaTopic", "kafkatopics"},
                        new String[] {"kafka.strimzi.io", "v1", "KafkaConnector", "kafkaconnectors"},
                        new String[] {"flink.apache.org", "v1beta1", "FlinkDeployment", "flinkdeployments"})
                .flatMap(kind -> box
                        .kubernetes()
                        .genericKubernetesResources(new ResourceDefinitionContext.Builder()
                                .withGroup(kind[0])
                                .withVersion(kind[1])
                                .withKind(kind[2])
                                .withPlural(kind[3])
                                .withNamespaced(true)
                                .build())
                        .inAnyNamespace()
                        .withLabels(labels)
                        .list()
                        .getItems()
                        .stream());
        return Stream.concat(core, engines)
                .map(HasMetadata::getFullResourceName)
                .toList();
    }
}
