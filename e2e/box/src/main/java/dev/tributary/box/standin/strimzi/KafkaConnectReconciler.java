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
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The status of the one KafkaConnect resource; it also removes connectors that no KafkaConnector stands for. */
final class KafkaConnectReconciler implements Reconciler {

    private static final Duration STEADY = Duration.ofSeconds(10);
    private static final SupportedFields FIELDS = SupportedFields.of(
            "version",
            "replicas",
            "bootstrapServers",
            "groupId",
            "configStorageTopic",
            "offsetStorageTopic",
            "statusStorageTopic",
            "config.**");
    /** The fields that are worker settings of their own. */
    private static final Map<String, String> SETTINGS = Map.of(
            "groupId", "group.id",
            "configStorageTopic", "config.storage.topic",
            "offsetStorageTopic", "offset.storage.topic",
            "statusStorageTopic", "status.storage.topic");

    private final KubernetesClient client;
    private final StrimziEngines engines;
    private final ConnectRest connect;
    private final StatusWriter statuses;

    KafkaConnectReconciler(KubernetesClient client, StrimziEngines engines, ConnectRest connect, Clock clock) {
        this.client = client;
        this.engines = engines;
        this.connect = connect;
        this.statuses = new StatusWriter(client, Strimzi.KAFKA_CONNECT, clock);
    }

    @Override
    public Duration reconcile(GenericKubernetesResource resource) throws InterruptedException {
        if (Strimzi.paused(resource)) {
            return STEADY;
        }
        JsonNode spec = Json.tree(resource.getAdditionalProperties().get("spec"));
        ObjectNode status = Json.object();
        status.put("observedGeneration", resource.getMetadata().getGeneration());
        Condition condition;
        Optional<String> refusal = refusal(resource, spec);
        if (refusal.isPresent()) {
            condition = Strimzi.unsupported(refusal.get());
        } else {
            status.put("replicas", 1);
            status.put("labelSelector", Strimzi.CLUSTER_LABEL + "=" + engines.connect());
            status.put("url", "http://" + engines.connect() + "-connect-api." + engines.namespace() + ".svc:8083");
            condition = observe(resource, spec, status);
        }
        statuses.write(resource, status, List.of(condition));
        return condition.type().equals("Ready") ? STEADY : Strimzi.SOON;
    }

    private Condition observe(GenericKubernetesResource resource, JsonNode spec, ObjectNode status)
            throws InterruptedException {
        try {
            String version = connect.worker().path("version").asText();
            if (spec.hasNonNull("version") && !spec.path("version").asText().equals(version)) {
                return Strimzi.unsupported("spec.version: the worker runs " + version);
            }
            if ("true".equals(Strimzi.annotation(resource, Strimzi.USE_CONNECTOR_RESOURCES))) {
                status.set("connectorPlugins", connect.connectorPlugins());
                deleteOrphans();
            }
            return Condition.of("Ready");
        } catch (IOException e) {
            return Strimzi.notReady(e.getClass().getSimpleName(), "Kafka Connect does not answer: " + e.getMessage());
        }
    }

    private void deleteOrphans() throws IOException, InterruptedException {
        Set<String> wanted = client
                .genericKubernetesResources(Strimzi.KAFKA_CONNECTOR)
                .inNamespace(engines.namespace())
                .withLabel(Strimzi.CLUSTER_LABEL, engines.connect())
                .list()
                .getItems()
                .stream()
                .map(connector -> connector.getMetadata().getName())
                .collect(Collectors.toSet());
        for (String running : connect.connectors()) {
            if (!wanted.contains(running)) {
                connect.delete(running);
            }
        }
    }

    private Optional<String> refusal(GenericKubernetesResource resource, JsonNode spec) {
        if (!engines.namespace().equals(resource.getMetadata().getNamespace())
                || !engines.connect().equals(resource.getMetadata().getName())) {
            return Optional.of("Here is one Connect cluster only, " + engines.namespace() + "/" + engines.connect());
        }
        Optional<String> field = FIELDS.firstUnsupported(spec);
        if (field.isPresent()) {
            return Optional.of(field.get() + " is not supported by the stand-in");
        }
        if (spec.path("replicas").asInt(1) != 1) {
            return Optional.of("spec.replicas: the stand-in has one worker");
        }
        return differentSetting(spec);
    }

    private Optional<String> differentSetting(JsonNode spec) {
        Map<String, String> asked = new LinkedHashMap<>();
        SETTINGS.forEach((field, setting) -> {
            if (spec.hasNonNull(field)) {
                asked.put(setting, spec.path(field).asText());
            }
        });
        spec.path("config")
                .properties()
                .forEach(e -> asked.put(e.getKey(), e.getValue().asText()));
        return asked.entrySet().stream()
                .filter(e -> !e.getValue().equals(engines.workerConfiguration().get(e.getKey())))
                .findFirst()
                .map(e -> e.getKey() + ": the worker runs with "
                        + engines.workerConfiguration().get(e.getKey()) + ", and the stand-in does not change it");
    }
}
