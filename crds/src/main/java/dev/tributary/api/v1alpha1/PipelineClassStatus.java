package dev.tributary.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether what the class refers to is there. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PipelineClassStatus(
        @Nullable @JsonPropertyDescription("The generation of the spec that all of this is about.")
        Long observedGeneration,

        @Nullable @JsonPropertyDescription("Ready: the Kafka cluster, the Connect cluster and the Secret exist.")
        List<Condition> conditions) {}
