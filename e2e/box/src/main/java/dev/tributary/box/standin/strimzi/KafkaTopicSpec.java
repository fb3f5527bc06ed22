package dev.tributary.box.standin.strimzi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.box.standin.Json;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What a KafkaTopic asks for.
 *
 * @param topicName {@code spec.topicName}, or the resource's own name
 * @param config values as Kafka wants them
 */
record KafkaTopicSpec(
        String topicName,
        Optional<Integer> partitions,
        Optional<Short> replicas,
        Map<String, @Nullable String> config,
        boolean managed) {

    /**
     * @throws InvalidValue when a configuration value is of a kind that Kafka does not know
     */
    static KafkaTopicSpec of(GenericKubernetesResource resource) throws InvalidValue {
        JsonNode spec = Json.tree(resource.getAdditionalProperties().get("spec"));
        Map<String, @Nullable String> config = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : spec.path("config").properties()) {
            config.put(entry.getKey(), value(entry.getKey(), entry.getValue()));
        }
        return new KafkaTopicSpec(
                topicName(resource),
                spec.hasNonNull("partitions")
                        ? Optional.of(spec.path("partitions").asInt())
                        : Optional.empty(),
                spec.hasNonNull("replicas")
                        ? Optional.of((short) spec.path("replicas").asInt())
                        : Optional.empty(),
                config,
                managed(resource));
    }

    static String topicName(GenericKubernetesResource resource) {
        String name = resource.get("spec", "topicName");
        return name == null ? resource.getMetadata().getName() : name;
    }

    /** Everything but the word {@code false} means managed. */
    static boolean managed(GenericKubernetesResource resource) {
        return !"false".equals(Strimzi.annotation(resource, Strimzi.MANAGED));
    }

    private static @Nullable String value(String key, JsonNode value) throws InvalidValue {
        if (value.isNull()) {
            return null;
        }
        if (value.isArray()) {
            StringJoiner joined = new StringJoiner(",");
            for (JsonNode element : value) {
                joined.add(String.valueOf(value(key, element)));
            }
            return joined.toString();
        }
        if (value.isObject()) {
            throw new InvalidValue("Invalid value for topic config '" + key + "': " + value);
        }
        return value.asText();
    }

    /** Strimzi's InvalidResourceException, which it reports as InternalError. */
    static final class InvalidValue extends Exception {
        InvalidValue(String message) {
            super(message);
        }
    }
}
