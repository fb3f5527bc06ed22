package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
        assertThat(box.kubernetes()
                        .configMaps()
                        .inNamespace("tributary-system")
                        .withName("tributary-tenant-" + client.name())
                        .get())
                .isNotNull();

        client.apply("items");
        String message = client.awaitCondition("Accepted", "False", "DataRetained");
        assertThat(message).contains(client.name());
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
