package dev.tributary.box.standin.strimzi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.box.standin.Condition;
import dev.tributary.box.standin.Json;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What annotations ask for once: restarts, and offsets listed, altered or reset. The annotation goes when it is done; what
 * fails leaves it, becomes a warning, and is tried again.
 */
final class ConnectorVerbs {

    private static final String KEY = "offsets.json";

    private final KubernetesClient client;
    private final ConnectRest connect;

    ConnectorVerbs(KubernetesClient client, ConnectRest connect) {
        this.client = client;
        this.connect = connect;
    }

    /** Does what the annotations say, and gives back the warnings. */
    List<Condition> act(GenericKubernetesResource resource, KafkaConnectorSpec spec) throws InterruptedException {
        return java.util.stream.Stream.of(offsets(resource, spec), restart(resource, spec), restartTask(resource, spec))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Condition> offsets(GenericKubernetesResource resource, KafkaConnectorSpec spec)
            throws InterruptedException {
        String verb = Strimzi.annotation(resource, Strimzi.CONNECTOR_OFFSETS);
        return switch (verb) {
            case null -> Optional.empty();
            case "none" -> Optional.empty();
            case "list" -> list(resource, spec);
            case "alter" -> alter(resource, spec);
            case "reset" ->
                attempt("ResetOffsets", "Encountered error resetting connector offsets. ", () -> {
                    requireStopped(spec.name());
                    connect.resetOffsets(spec.name());
                    remove(resource, Strimzi.CONNECTOR_OFFSETS);
                });
            default ->
                Optional.of(Condition.warning(
                        "ManageOffsets",
                        "Encountered error getting connector offsets annotation. No enum constant " + verb));
        };
    }

    private Optional<Condition> list(GenericKubernetesResource resource, KafkaConnectorSpec spec)
            throws InterruptedException {
        Optional<String> name = spec.listOffsetsTo();
        if (name.isEmpty()) {
            return Optional.of(Condition.warning(
                    "ListOffsets",
                    "Failed to list the connector offsets due to missing property listOffsets in KafkaConnector CR."));
        }
        return attempt("ListOffsets", "Encountered error listing connector offsets. ", () -> {
            write(resource, name.get(), Json.pretty(connect.offsets(spec.name())));
            remove(resource, Strimzi.CONNECTOR_OFFSETS);
        });
    }

    private Optional<Condition> alter(GenericKubernetesResource resource, KafkaConnectorSpec spec)
            throws InterruptedException {
        Optional<String> name = spec.alterOffsetsFrom();
        if (name.isEmpty()) {
            return Optional.of(
                    Condition.warning(
                            "AlterOffsets",
                            "Failed to alter the connector offsets due to missing property alterOffsets in KafkaConnector CR."));
        }
        return attempt("AlterOffsets", "Encountered error altering connector offsets. ", () -> {
            requireStopped(spec.name());
            connect.alterOffsets(spec.name(), read(resource.getMetadata().getNamespace(), name.get()));
            remove(resource, Strimzi.CONNECTOR_OFFSETS);
        });
    }

    private Optional<Condition> restart(GenericKubernetesResource resource, KafkaConnectorSpec spec)
            throws InterruptedException {
        String value = Strimzi.annotation(resource, Strimzi.RESTART);
        if (value == null || value.isBlank() || value.contains("false")) {
            return Optional.empty();
        }
        List<String> words = Arrays.stream(value.split(",")).map(String::trim).toList();
        boolean plain = words.stream().allMatch("true"::equalsIgnoreCase);
        boolean options = Set.of("includeTasks", "onlyFailed").containsAll(words);
        if (!plain && !options) {
            return Optional.of(Condition.warning("RestartConnector", "Invalid annotation format"));
        }
        return attempt("RestartConnector", "Failed to restart connector " + spec.name() + ". ", () -> {
            connect.restart(spec.name(), words.contains("includeTasks"), words.contains("onlyFailed"));
            remove(resource, Strimzi.RESTART);
        });
    }

    private Optional<Condition> restartTask(GenericKubernetesResource resource, KafkaConnectorSpec spec)
            throws InterruptedException {
        String value = Strimzi.annotation(resource, Strimzi.RESTART_TASK);
        if (value == null) {
            return Optional.empty();
        }
        return attempt(
                "RestartConnectorTask", "Failed to restart connector task " + spec.name() + ":" + value + ". ", () -> {
                    connect.restartTask(spec.name(), Integer.parseInt(value.trim()));
                    remove(resource, Strimzi.RESTART_TASK);
                });
    }

    private void requireStopped(String connector) throws IOException, InterruptedException {
        boolean stopped = connect.status(connector)
                .filter(status -> new ConnectorStatus(status).state().equals("STOPPED"))
                .isPresent();
        if (!stopped) {
            throw new IOException("Connector is not in STOPPED state");
        }
    }

    private JsonNode read(String namespace, String name) throws IOException {
        ConfigMap configMap =
                client.configMaps().inNamespace(namespace).withName(name).get();
        if (configMap == null) {
            throw new IOException("Encountered error fetching offsets to use in alter operation. ConfigMap " + namespace
                    + "/" + name + " does not exist.");
        }
        String offsets =
                configMap.getData() == null ? null : configMap.getData().get(KEY);
        if (offsets == null) {
            throw new IOException(
                    "Encountered error fetching offsets to use in alter operation. Data field " + KEY + " is missing.");
        }
        try {
            return Json.parse(offsets);
        } catch (IllegalArgumentException e) {
            throw new IOException("Failed to parse contents of " + KEY + " as JSON: " + e.getMessage(), e);
        }
    }

    private void write(GenericKubernetesResource resource, String name, String offsets) {
        var configMaps = client.configMaps().inNamespace(resource.getMetadata().getNamespace());
        ConfigMap existing = configMaps.withName(name).get();
        if (existing != null) {
            configMaps.withName(name).edit(current -> new ConfigMapBuilder(current)
                    .addToData(KEY, offsets)
                    .build());
            return;
        }
        configMaps
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels(Strimzi.CLUSTER_LABEL, Strimzi.label(resource, Strimzi.CLUSTER_LABEL))
                        .addToOwnerReferences(new OwnerReferenceBuilder()
                                .withApiVersion(resource.getApiVersion())
                                .withKind(resource.getKind())
                                .withName(resource.getMetadata().getName())
                                .withUid(resource.getMetadata().getUid())
                                .withController(false)
                                .withBlockOwnerDeletion(false)
                                .build())
                        .endMetadata()
                        .addToData(KEY, offsets)
                        .build())
                .create();
    }

    private void remove(GenericKubernetesResource resource, String annotation) {
        client.genericKubernetesResources(Strimzi.KAFKA_CONNECTOR)
                .inNamespace(resource.getMetadata().getNamespace())
                .withName(resource.getMetadata().getName())
                .edit(current -> {
                    current.getMetadata().getAnnotations().remove(annotation);
                    return current;
                });
    }

    private static Optional<Condition> attempt(String reason, String failure, Step step) throws InterruptedException {
        try {
            step.run();
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.of(Condition.warning(reason, failure + e.getMessage()));
        }
    }

    private interface Step {
        void run() throws IOException, InterruptedException;
    }
}
