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

        @Nullable
        @JsonPropertyDescription(
                "KafkaReachable and ClickHouseReachable: they answer the operator, who asks every half minute. Ready: they do,"
                        + " and the Connect cluster, the Secret and what else the class names exist.")
        List<Condition> conditions) {}
