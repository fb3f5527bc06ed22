package dev.tributary.box.standin.strimzi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.box.standin.Resources;
import dev.tributary.box.standin.StandInPlatform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** KafkaConnectors against a real worker. */
@ExtendWith(StandInPlatform.Extension.class)
class KafkaConnectorTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String FILE_SOURCE = "org.apache.kafka.connect.file.FileStreamSourceConnector";
    private static final String STRINGS = "org.apache.kafka.connect.storage.StringConverter";
    private static final String LONGS = "org.apache.kafka.connect.converters.LongConverter";

    private final StandInPlatform platform;
    private final Resources connectors;
    private final ConnectRest connect;

    KafkaConnectorTest(StandInPlatform platform) {
        this.platform = platform;
        this.connectors = new Resources(platform.admin(), "kafka.strimzi.io/v1", "KafkaConnector", "kafka");
        this.connect = new ConnectRest(platform.connectUrl());
    }

    @AfterEach
    void disconnect() {
        connect.close();
    }

    @Test
    void theClustersTellWhatTheyAre() {
        Resources kafkas = new Resources(platform.admin(), "kafka.strimzi.io/v1", "Kafka", "kafka");
        Resources connects = new Resources(platform.admin(), "kafka.strimzi.io/v1", "KafkaConnect", "kafka");

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(kafkas.condition("events", "Ready").path("status").asText())
                    .isEqualTo("True");
            assertThat(connects.condition("connect", "Ready").path("status").asText())
                    .isEqualTo("True");
        });

        JsonNode listener = kafkas.status("events").path("listeners").path(0);
        assertThat(listener.path("name").asText()).isEqualTo("plain");
        assertThat(listener.path("bootstrapServers").asText()).isEqualTo("events-kafka-bootstrap.kafka.svc:9092");
        JsonNode status = connects.status("connect");
        assertThat(status.path("url").asText()).isEqualTo("http://connect-connect-api.kafka.svc:8083");
        assertThat(status.path("connectorPlugins"))
                .anySatisfy(plugin -> assertThat(plugin.path("class").asText()).isEqualTo(FILE_SOURCE));
    }

    @Test
    void livesAndIsStoppedAndLosesItsOffsetsOnlyThen() throws Exception {
        Path file = fileWithThreeLines("life");
        apply("life", "running", FILE_SOURCE, file, STRINGS);
        await().atMost(SOON).untilAsserted(() -> {
            assertReady("life");
            assertThat(status("life").path("tasks").path(0).path("state").asText())
                    .isEqualTo("RUNNING");
        });
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(connect.offsets("life").path("offsets")).isNotEmpty());

        connectors.edit("life", c -> c.getMetadata().setAnnotations(Map.of("strimzi.io/connector-offsets", "reset")));
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode warning = connectors.condition("life", "Warning");
            assertThat(warning.path("reason").asText()).isEqualTo("ResetOffsets");
            assertThat(warning.path("message").asText())
                    .isEqualTo("Encountered error resetting connector offsets. Connector is not in STOPPED state");
        });
        apply("life", "stopped", FILE_SOURCE, file, STRINGS);

        await().atMost(SOON).untilAsserted(() -> {
            assertReady("life");
            assertThat(status("life").path("connector").path("state").asText()).isEqualTo("STOPPED");
            assertThat(connectors.condition("life", "Warning").isMissingNode()).isTrue();
            assertThat(connect.offsets("life").path("offsets")).isEmpty();
        });
        connectors.delete("life");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(connect.config("life")).isEmpty());
    }

    @Test
    void offsetsAreListedIntoAConfigMap() throws Exception {
        apply("listed", "running", FILE_SOURCE, fileWithThreeLines("listed"), STRINGS);
        await().atMost(SOON).untilAsserted(() -> assertReady("listed"));
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(connect.offsets("listed").path("offsets")).isNotEmpty());

        connectors.annotate("listed", "strimzi.io/connector-offsets", "list");

        await().atMost(SOON).untilAsserted(() -> {
            var configMap = platform.admin()
                    .configMaps()
                    .inNamespace("kafka")
                    .withName("listed-offsets")
                    .get();
            assertThat(configMap).isNotNull();
            assertThat(configMap.getData()).containsKey("offsets.json");
            assertThat(connectors.get("listed").getMetadata().getAnnotations())
                    .doesNotContainKey("strimzi.io/connector-offsets");
        });
    }

    @Test
    void aClassThatIsNotThereIsNotReady() {
        apply("missing-class", "running", "com.example.Nothing", Path.of("/dev/null"), STRINGS);

        await().atMost(SOON).untilAsserted(() -> {
            JsonNode condition = connectors.condition("missing-class", "NotReady");
            assertThat(condition.path("status").asText()).isEqualTo("True");
            assertThat(condition.path("reason").asText()).isEqualTo("ConnectRestException");
            assertThat(condition.path("message").asText())
                    .contains("Failed to find any class that implements Connector");
        });
    }

    @Test
    void aFailingTaskIsRestartedOnceAndShown() throws Exception {
        apply("failing", "running", FILE_SOURCE, fileWithThreeLines("failing"), LONGS);

        await().atMost(SOON).untilAsserted(() -> {
            JsonNode condition = connectors.condition("failing", "NotReady");
            assertThat(condition.path("message").asText())
                    .isEqualTo("The following tasks have failed: 0, see connectorStatus for more details.");
            assertThat(status("failing").path("tasks").path(0).path("trace").asText())
                    .contains("DataException");
            assertThat(connectors
                            .status("failing")
                            .path("autoRestart")
                            .path("count")
                            .asInt())
                    .isEqualTo(1);
        });
    }

    private Path fileWithThreeLines(String name) throws Exception {
        Resources.apply(platform.admin(), """
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaTopic
                metadata: {name: lines-of-%1$s, namespace: kafka, labels: {strimzi.io/cluster: events}}
                spec: {partitions: 1, replicas: 1}
                """.formatted(name));
        Path file = platform.layout().folder().resolve(name + ".txt");
        return Files.writeString(file, "one\ntwo\nthree\n");
    }

    private void apply(String name, String state, String type, Path file, String converter) {
        Resources.apply(platform.admin(), """
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaConnector
                metadata:
                  name: %1$s
                  namespace: kafka
                  labels: {strimzi.io/cluster: connect}
                  annotations: {about: a test}
                spec:
                  class: %3$s
                  tasksMax: 1
                  state: %2$s
                  autoRestart: {enabled: true}
                  listOffsets: {toConfigMap: {name: %1$s-offsets}}
                  config: {file: "%4$s", topic: lines-of-%1$s, value.converter: %5$s, key.converter: %5$s}
                """.formatted(name, state, type, file, converter));
    }

    private void assertReady(String name) {
        assertThat(connectors.condition(name, "Ready").path("status").asText()).isEqualTo("True");
        assertThat(connectors.status(name).path("observedGeneration").asLong())
                .isEqualTo(connectors.get(name).getMetadata().getGeneration());
    }

    private JsonNode status(String name) {
        return connectors.status(name).path("connectorStatus");
    }
}
