package dev.tributary.operator.kafka;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Strimzi's Kafka: only what is read here. */
@Group(Strimzi.GROUP)
@Version(Strimzi.VERSION)
public class Kafka extends CustomResource<Map<String, Object>, Kafka.Status> implements Namespaced {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Status(
            @Nullable Long observedGeneration,
            @Nullable List<Strimzi.Condition> conditions,
            @Nullable List<Listener> listeners) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Listener(@Nullable String name, @Nullable String bootstrapServers) {}

    /** Whether the status tells the listeners: it does not before the first brokers are up, nor while they have a problem. */
    public boolean listsListeners() {
        return getStatus() != null && getStatus().listeners() != null;
    }

    /** Where clients of a listener connect; empty when the cluster does not say so (yet). */
    public Optional<String> bootstrapServers(String listener) {
        if (getStatus() == null || getStatus().listeners() == null) {
            return Optional.empty();
        }
        return getStatus().listeners().stream()
                .filter(l -> listener.equals(l.name()) && l.bootstrapServers() != null)
                .map(Listener::bootstrapServers)
                .findFirst();
    }
}
