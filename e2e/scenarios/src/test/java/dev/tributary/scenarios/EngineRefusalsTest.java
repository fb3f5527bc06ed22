package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.api.v1alpha1.PipelineClass;
import dev.tributary.api.v1alpha1.TenantPipelineSpec;
import dev.tributary.api.v1alpha1.TenantPipelineSpec.ClassRef;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is not ours, or away, stops the stage that needs it, leaves what is there as it is, and heals by itself. */
@ExtendWith(BoxExtension.class)
class EngineRefusalsTest {

    private final TestBox box;

    EngineRefusalsTest(TestBox box) {
        this.box = box;
    }

    @Test
    void whatIsNotOursIsNotTakenOver() {
        Client client = client();
        String topic = client.name() + ".main.public.items";
        box.kafka().createTopic(topic);
        box.clickHouse().ask("CREATE DATABASE " + client.name() + " COMMENT 'somebody else'");

        client.apply("items");

        assertThat(client.awaitCondition("KafkaReady", "False", "TopicNotOwned"))
                .contains(topic);
        GenericKubernetesResource connector =
                foreignConnector(client.pipeline().getStatus().effective().connector());
        box.kafka().deleteTopic(topic);
        assertThat(client.awaitCondition("SchemaReady", "False", "DatabaseNotOwned"))
                .contains(client.name());
        assertThat(box.kafka().topics()).contains(topic);
        box.clickHouse().ask("DROP DATABASE " + client.name());
        assertThat(client.awaitCondition("CaptureReady", "False", "ConnectorNotOwned"))
                .contains(connector.getMetadata().getName());
        box.kubernetes().resource(connector).delete();
        client.awaitReady();
        client.awaitEqual("items", "id");
        client.deleteAndAwait();
    }

    @Test
    @Tag("long")
    void aClickHouseThatIsAwayIsWaitedFor() {
        Client client = client();
        PipelineClass away = box.classLike(client.name(), "15m", "http://" + box.address() + ":9");
        box.kubernetes().resource(away).create();

        client.apply(spec -> ofClass(spec, client.name()), "items");

        client.awaitCondition("SchemaReady", "False", "ClickHouseUnreachable");
        client.awaitCondition("KafkaReady", "True", "TopicsReady");
        box.kubernetes()
                .resource(box.classLike(client.name(), "15m", box.layout().clickHouseUrl()))
                .forceConflicts()
                .fieldManager("user")
                .serverSideApply();
        client.awaitReady();
        client.deleteAndAwait();
    }

    /**
     * Connect asks the source whether the login works before it accepts a connector. What it turned down it does not have, so
     * it can neither stop it nor forget its offsets, and a deletion that waited for that would never end.
     */
    @Test
    @Tag("long")
    void aConnectorThatConnectNeverAcceptedIsDeleted() {
        Client client = client();
        // The operator may log in until it has made the publication, and nobody after that.
        box.postgres()
                .in(client.name())
                .run(
                        "CREATE FUNCTION close() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS"
                                + " 'BEGIN ALTER ROLE " + client.name() + " CONNECTION LIMIT 0; END'",
                        "CREATE EVENT TRIGGER close ON ddl_command_end WHEN TAG IN ('CREATE PUBLICATION') EXECUTE"
                                + " FUNCTION close()");
        client.apply("items");
        await().atMost(Client.PATIENCE)
                .untilAsserted(() -> assertThat(connectors(client).getItems())
                        .singleElement()
                        .asString()
                        .contains(" returned 400 "));

        client.delete();

        await().atMost(Client.PATIENCE)
                .untilAsserted(() -> assertThat(connectors(client).getItems()).isEmpty());
        box.postgres().run("ALTER ROLE " + client.name() + " CONNECTION LIMIT -1");
        client.awaitGone();
    }

    private GenericKubernetesResourceList connectors(Client client) {
        return box.kubernetes()
                .genericKubernetesResources("kafka.strimzi.io/v1", "KafkaConnector")
                .inNamespace("kafka")
                .withLabel("tributary.dev/tenant", client.name())
                .list();
    }

    private Client client() {
        Client client = Client.create(box, "engines");
        client.database().run("CREATE TABLE items (id int PRIMARY KEY)", "INSERT INTO items VALUES (1)");
        return client;
    }

    private static TenantPipelineSpec ofClass(TenantPipelineSpec spec, String className) {
        return new TenantPipelineSpec(spec.tenant(), new ClassRef(className), spec.source());
    }

    /** Somebody else's, under the name that ours would have; no cluster's, so that nobody starts it. */
    private GenericKubernetesResource foreignConnector(String name) {
        return box.kubernetes()
                .resource(new GenericKubernetesResourceBuilder()
                        .withApiVersion("kafka.strimzi.io/v1")
                        .withKind("KafkaConnector")
                        .withNewMetadata()
                        .withNamespace("kafka")
                        .withName(name)
                        .endMetadata()
                        .addToAdditionalProperties(
                                "spec", Map.of("class", "somebody.Elses", "tasksMax", 1, "config", Map.of()))
                        .build())
                .create();
    }
}
