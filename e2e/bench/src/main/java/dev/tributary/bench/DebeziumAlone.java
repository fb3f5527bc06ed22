package dev.tributary.bench;

import dev.tributary.scenarios.Client;
import dev.tributary.scenarios.TestBox;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * A connector with the configuration that the operator gave to a pipeline's, except for its names and how it gets the password.
 * Nobody reads its topics.
 */
final class DebeziumAlone {

    private static final String PUBLICATION = "alone";
    private static final String CLUSTER_LABEL = "strimzi.io/cluster";

    private final TestBox box;
    private final Client client;
    private final GenericKubernetesResource model;

    /** @param client whose pipeline runs just now, and no other */
    DebeziumAlone(TestBox box, Client client) {
        this.box = box;
        this.client = client;
        this.model = connectors().inAnyNamespace().list().getItems().getFirst();
        client.database().run("CREATE PUBLICATION " + PUBLICATION + " FOR TABLE " + OrdersSource.TABLE);
    }

    private MixedOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            connectors() {
        return box.kubernetes().genericKubernetesResources("kafka.strimzi.io/v1", "KafkaConnector");
    }

    /**
     * Starts a snapshot.
     *
     * @param name of connector, topics and slot; new
     */
    void start(String name) {
        Map<String, Object> config = new HashMap<>(model.get("spec", "config"));
        config.put("topic.prefix", name);
        config.put("slot.name", name);
        config.put("publication.name", PUBLICATION);
        config.put("database.user", client.name());
        config.put("database.password", Client.PASSWORD);
        Map<String, Object> spec = new HashMap<>(model.get("spec"));
        spec.put("config", config);
        GenericKubernetesResource connector = new GenericKubernetesResource();
        connector.setApiVersion(model.getApiVersion());
        connector.setKind(model.getKind());
        // Without Tributary's labels it is nothing to the operator.
        connector.setMetadata(new ObjectMetaBuilder()
                .withNamespace(model.getMetadata().getNamespace())
                .withName(name)
                .addToLabels(CLUSTER_LABEL, model.getMetadata().getLabels().get(CLUSTER_LABEL))
                .build());
        connector.setAdditionalProperty("spec", spec);
        box.kubernetes().resource(connector).create();
    }

    /** Removes the connector and its slot. */
    void stop(String name) {
        connectors()
                .inNamespace(model.getMetadata().getNamespace())
                .withName(name)
                .delete();
        Awaitility.await("connector " + name + " gone")
                .atMost(Duration.ofMinutes(1))
                .until(() -> !box.connectors().contains(name));
        box.dropSlot(name);
    }
}
