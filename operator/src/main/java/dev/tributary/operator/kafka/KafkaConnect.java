package dev.tributary.operator.kafka;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import java.util.Map;
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

    /** Whether the workers have a connector class; unknown counts as yes, the worker itself will refuse. */
    public boolean lacks(String connectorClass) {
        return getStatus() != null
                && getStatus().connectorPlugins() != null
                && getStatus().connectorPlugins().stream().noneMatch(p -> connectorClass.equals(p.className()));
    }
}
