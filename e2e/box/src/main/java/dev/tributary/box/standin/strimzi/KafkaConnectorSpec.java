package dev.tributary.box.standin.strimzi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.box.standin.Json;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What a KafkaConnector asks for. */
record KafkaConnectorSpec(String name, JsonNode spec) {

    /** Strimzi sets these itself, and drops them from the user's configuration. */
    private static final Set<String> ITS_OWN =
            Set.of("name", "connector.class", "tasks.max", "connector.plugin.version");

    static KafkaConnectorSpec of(GenericKubernetesResource resource) {
        return new KafkaConnectorSpec(
                resource.getMetadata().getName(),
                Json.tree(resource.getAdditionalProperties().get("spec")));
    }

    /**
     * The configuration as Connect gives it back when the connector runs with it: all values are strings.
     *
     * @throws IllegalArgumentException for a value that is null, a list or a map
     */
    ObjectNode configuration() {
        ObjectNode config = Json.object();
        for (Map.Entry<String, JsonNode> entry : spec.path("config").properties()) {
            if (ITS_OWN.contains(entry.getKey().toLowerCase(Locale.ENGLISH))) {
                continue;
            }
            if (!entry.getValue().isValueNode() || entry.getValue().isNull()) {
                throw new IllegalArgumentException(
                        "spec.config." + entry.getKey() + " must be a string, a number or a boolean");
            }
            config.put(entry.getKey(), entry.getValue().asText());
        }
        tasksMax().ifPresent(tasks -> config.put("tasks.max", String.valueOf(tasks)));
        if (spec.hasNonNull("version")) {
            config.put("connector.plugin.version", spec.path("version").asText());
        }
        config.put("connector.class", spec.path("class").asText(null));
        config.put("name", name);
        return config;
    }

    OptionalInt tasksMax() {
        return spec.hasNonNull("tasksMax")
                ? OptionalInt.of(spec.path("tasksMax").asInt())
                : OptionalInt.empty();
    }

    /** In capitals, as Connect writes it; empty when the resource does not say. */
    Optional<String> state() {
        return spec.hasNonNull("state")
                ? Optional.of(spec.path("state").asText().toUpperCase(Locale.ENGLISH))
                : Optional.empty();
    }

    boolean autoRestart() {
        return spec.path("autoRestart").path("enabled").asBoolean();
    }

    OptionalInt maxRestarts() {
        JsonNode max = spec.path("autoRestart").path("maxRestarts");
        return max.isInt() ? OptionalInt.of(max.asInt()) : OptionalInt.empty();
    }

    Optional<String> listOffsetsTo() {
        return configMap("listOffsets", "toConfigMap");
    }

    Optional<String> alterOffsetsFrom() {
        return configMap("alterOffsets", "fromConfigMap");
    }

    private Optional<String> configMap(String field, String reference) {
        return Optional.ofNullable(spec.path(field).path(reference).path("name").asText(null));
    }
}
