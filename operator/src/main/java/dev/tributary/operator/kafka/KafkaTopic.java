package dev.tributary.operator.kafka;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Strimzi's KafkaTopic: only what is written and read here. */
@Group(Strimzi.GROUP)
@Version(Strimzi.VERSION)
public class KafkaTopic extends CustomResource<KafkaTopic.Spec, KafkaTopic.Status> implements Namespaced {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Spec(
            @Nullable String topicName,
            @Nullable Integer partitions,
            @Nullable Integer replicas,
            @Nullable Map<String, Object> config) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Status(
            @Nullable Long observedGeneration,
            @Nullable String topicName,
            @Nullable List<Strimzi.Condition> conditions) {}

    /** What Strimzi says of it. */
    public Strimzi.Verdict verdict() {
        return Strimzi.verdict(
                getMetadata().getGeneration(),
                getStatus() == null ? null : getStatus().observedGeneration(),
                getStatus() == null ? null : getStatus().conditions());
    }
}
