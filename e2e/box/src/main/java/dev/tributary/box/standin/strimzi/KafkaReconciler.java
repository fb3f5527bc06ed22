package dev.tributary.box.standin.strimzi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.box.standin.Condition;
import dev.tributary.box.standin.Json;
import dev.tributary.box.standin.Reconciler;
import dev.tributary.box.standin.StatusWriter;
import dev.tributary.box.standin.SupportedFields;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The status of the one Kafka resource: is the broker there, and where. */
final class KafkaReconciler implements Reconciler {

    private static final Duration STEADY = Duration.ofSeconds(10);
    private static final SupportedFields FIELDS = SupportedFields.of(
            "kafka.version",
            "kafka.config.**",
            "kafka.listeners[].name",
            "kafka.listeners[].port",
            "kafka.listeners[].type",
            "kafka.listeners[].tls",
            "entityOperator.topicOperator");

    private final StrimziEngines engines;
    private final TopicAdmin kafka;
    private final StatusWriter statuses;

    KafkaReconciler(KubernetesClient client, StrimziEngines engines, TopicAdmin kafka, Clock clock) {
        this.engines = engines;
        this.kafka = kafka;
        this.statuses = new StatusWriter(client, Strimzi.KAFKA, clock);
    }

    @Override
    public Duration reconcile(GenericKubernetesResource resource) throws InterruptedException {
        if (Strimzi.paused(resource)) {
            return STEADY;
        }
        ObjectNode status = Json.object();
        status.put("observedGeneration", resource.getMetadata().getGeneration());
        JsonNode spec = Json.tree(resource.getAdditionalProperties().get("spec"));
        Condition condition;
        try {
            Optional<String> refusal = refusal(resource, spec);
            if (refusal.isPresent()) {
                condition = Strimzi.unsupported(refusal.get());
            } else {
                addWhereabouts(resource, spec, status);
                condition = Condition.of("Ready");
            }
        } catch (TopicAdmin.KafkaFailure e) {
            condition = Strimzi.notReady("TimeoutException", "The Kafka cluster does not answer: " + e.getMessage());
        }
        statuses.write(resource, status, List.of(condition));
        return condition.type().equals("Ready") ? STEADY : Strimzi.SOON;
    }

    private void addWhereabouts(GenericKubernetesResource resource, JsonNode spec, ObjectNode status)
            throws InterruptedException, TopicAdmin.KafkaFailure {
        status.put("clusterId", kafka.clusterId());
        status.put("operatorLastSuccessfulVersion", Strimzi.VERSION);
        if (spec.path("kafka").hasNonNull("version")) {
            status.put("kafkaVersion", spec.path("kafka").path("version").asText());
        }
        String host = resource.getMetadata().getName() + "-kafka-bootstrap."
                + resource.getMetadata().getNamespace() + ".svc";
        for (JsonNode listener : spec.path("kafka").path("listeners")) {
            int port = listener.path("port").asInt();
            ObjectNode shown = status.withArray("listeners").addObject();
            shown.set("name", listener.path("name"));
            shown.putArray("addresses").addObject().put("host", host).put("port", port);
            shown.put("bootstrapServers", host + ":" + port);
        }
    }

    private Optional<String> refusal(GenericKubernetesResource resource, JsonNode spec)
            throws InterruptedException, TopicAdmin.KafkaFailure {
        if (!engines.namespace().equals(resource.getMetadata().getNamespace())
                || !engines.kafka().equals(resource.getMetadata().getName())) {
            return Optional.of("Here is one Kafka cluster only, " + engines.namespace() + "/" + engines.kafka());
        }
        Optional<String> field = FIELDS.firstUnsupported(spec);
        if (field.isPresent()) {
            return Optional.of(field.get() + " is not supported by the stand-in");
        }
        for (JsonNode listener : spec.path("kafka").path("listeners")) {
            boolean plain = listener.path("type").asText().equals("internal")
                    && !listener.path("tls").asBoolean()
                    && engines.bootstrapServers()
                            .endsWith(":" + listener.path("port").asInt());
            if (!plain) {
                return Optional.of("spec.kafka.listeners: the broker has one listener, internal, without TLS, at "
                        + engines.bootstrapServers());
            }
        }
        return differentConfig(spec.path("kafka").path("config"));
    }

    private Optional<String> differentConfig(JsonNode config) throws InterruptedException, TopicAdmin.KafkaFailure {
        if (config.isEmpty()) {
            return Optional.empty();
        }
        Map<String, @Nullable String> actual = kafka.brokerConfig();
        for (Map.Entry<String, JsonNode> entry : config.properties()) {
            if (!entry.getValue().asText().equals(actual.get(entry.getKey()))) {
                return Optional.of("spec.kafka.config." + entry.getKey() + ": the broker runs with "
                        + actual.get(entry.getKey()) + ", and the stand-in does not change it");
            }
        }
        return Optional.empty();
    }
}
