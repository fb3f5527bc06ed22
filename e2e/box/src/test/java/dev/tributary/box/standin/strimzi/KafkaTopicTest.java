package dev.tributary.box.standin.strimzi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.box.standin.Resources;
import dev.tributary.box.standin.StandInPlatform;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** KafkaTopics against a real broker. */
@ExtendWith(StandInPlatform.Extension.class)
class KafkaTopicTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final StandInPlatform platform;
    private final Resources topics;
    private TopicAdmin kafka;

    KafkaTopicTest(StandInPlatform platform) {
        this.platform = platform;
        this.topics = new Resources(platform.admin(), "kafka.strimzi.io/v1", "KafkaTopic", "kafka");
    }

    @BeforeEach
    void connect() {
        kafka = new TopicAdmin(platform.layout().kafkaBootstrap());
    }

    @AfterEach
    void disconnect() {
        kafka.close();
    }

    @Test
    void isCreatedAsItSays() {
        apply("created", "acme.shop.public.created", 2, "{retention.ms: 3600000, cleanup.policy: delete}");

        awaitReady("created");

        TopicAdmin.Topic topic = topic("acme.shop.public.created");
        assertThat(topics.status("created").path("topicId").asText()).isEqualTo(topic.id());
        assertThat(topics.status("created").path("topicName").asText()).isEqualTo("acme.shop.public.created");
        assertThat(topic.description().partitions()).hasSize(2);
        assertThat(topic.config())
                .filteredOn(entry -> entry.name().equals("retention.ms"))
                .extracting(ConfigEntry::value)
                .containsExactly("3600000");
        assertThat(topics.get("created").getFinalizers()).containsExactly("strimzi.io/topic-operator");
    }

    @Test
    void followsItsSpecAndDropsWhatItNoLongerSays() {
        apply("changed", "changed", 1, "{retention.ms: 1000000}");
        awaitReady("changed");

        apply("changed", "changed", 3, "{segment.ms: 900000}");

        await().atMost(SOON).untilAsserted(() -> {
            TopicAdmin.Topic topic = topic("changed");
            assertThat(topic.description().partitions()).hasSize(3);
            assertThat(topic.config())
                    .filteredOn(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                    .extracting(ConfigEntry::name)
                    .containsExactly("segment.ms");
        });
    }

    @Test
    void fewerPartitionsAreRefused() {
        apply("shrunk", "shrunk", 2, "{}");
        awaitReady("shrunk");

        apply("shrunk", "shrunk", 1, "{}");

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(topics.condition("shrunk", "Ready").path("status").asText())
                    .isEqualTo("False");
            assertThat(topics.condition("shrunk", "Ready").path("reason").asText())
                    .isEqualTo("NotSupported");
            assertThat(topics.condition("shrunk", "Ready").path("message").asText())
                    .isEqualTo("Decreasing partitions not supported");
        });
    }

    @Test
    void theSecondResourceForATopicIsAConflict() {
        apply("first", "wanted-twice", 1, "{}");
        awaitReady("first");

        apply("second", "wanted-twice", 1, "{}");

        await().atMost(SOON).untilAsserted(() -> assertThat(
                        topics.condition("second", "Ready").path("reason").asText())
                .isEqualTo("ResourceConflict"));
        assertThat(topics.condition("first", "Ready").path("status").asText()).isEqualTo("True");
    }

    @Test
    void deletingItDeletesTheTopic() {
        apply("deleted", "deleted", 1, "{}");
        awaitReady("deleted");

        topics.delete("deleted");

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(topics.get("deleted")).isNull();
            assertThat(kafka.find("deleted")).isEmpty();
        });
    }

    @Test
    void deletingAnUnmanagedOneKeepsTheTopic() throws Exception {
        apply("unmanaged", "unmanaged", 1, "{}");
        awaitReady("unmanaged");
        topics.edit("unmanaged", topic -> topic.getMetadata().setAnnotations(Map.of("strimzi.io/managed", "false")));
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(topics.condition("unmanaged", "Unmanaged").path("status").asText())
                    .isEqualTo("True");
            assertThat(topics.status("unmanaged").has("topicName")).isFalse();
        });

        topics.delete("unmanaged");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(topics.get("unmanaged")).isNull());
        assertThat(kafka.find("unmanaged")).isPresent();
    }

    @Test
    void lookingAgainAtASteadyTopicWritesNothing() {
        apply("steady", "steady", 1, "{retention.ms: 3600000}");
        awaitReady("steady");

        topics.edit("steady", topic -> topic.getMetadata().setAnnotations(Map.of("note", "looked at again")));

        String written = topics.get("steady").getMetadata().getResourceVersion();
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(
                        topics.get("steady").getMetadata().getResourceVersion())
                .isEqualTo(written));
    }

    private void apply(String name, String topic, int partitions, String config) {
        Resources.apply(platform.admin(), """
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaTopic
                metadata: {name: %s, namespace: kafka, labels: {strimzi.io/cluster: events}}
                spec: {topicName: %s, partitions: %d, replicas: 1, config: %s}
                """.formatted(name, topic, partitions, config));
    }

    private void awaitReady(String name) {
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(topics.condition(name, "Ready").path("status").asText()).isEqualTo("True");
            assertThat(topics.status(name).path("observedGeneration").asLong())
                    .isEqualTo(topics.get(name).getMetadata().getGeneration());
        });
    }

    private TopicAdmin.Topic topic(String name) {
        try {
            return kafka.find(name).orElseThrow();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
