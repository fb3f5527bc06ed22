package dev.tributary.operator.kafka;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Strimzi's KafkaConnect: only what is read here. */
@Group(Strimzi.GROUP)
@Version(Strimzi.VERSION)
public class KafkaConnect extends CustomResource<Map<String, Object>, KafkaConnect.Status> implements Namespaced {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Status(
            @Nullable Long observedGeneration,
            @Nullable List<Strimzi.Condition> conditions,
            @Nullable List<Plugin> connectorPlugins) {}

    /** A connector plugin that the workers have. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Plugin(
            @JsonProperty("class") @Nullable String className,
            @Nullable String version) {}

    /**
     * The connector classes that the workers have, with their versions; a version they do not tell is empty.
     *
     * @return empty while Strimzi does not list them: Connect is not up, or does not answer
     */
    public Optional<Map<String, String>> plugins() {
        if (getStatus() == null || getStatus().connectorPlugins() == null) {
            return Optional.empty();
        }
        Map<String, String> versions = new HashMap<>();
        for (Plugin plugin : getStatus().connectorPlugins()) {
            if (plugin.className() != null) {
                versions.put(plugin.className(), plugin.version() == null ? "" : plugin.version());
            }
        }
        return Optional.of(versions);
    }
}
