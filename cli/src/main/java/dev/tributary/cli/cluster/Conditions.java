package dev.tributary.cli.cluster;

import dev.tributary.api.v1alpha1.PipelineClass;
import dev.tributary.api.v1alpha1.TenantPipeline;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;

/** The conditions of Tributary's own kinds. */
public final class Conditions {

    private Conditions() {}

    /** In the order in which they are reached; empty when the operator has not looked yet. */
    public static List<Condition> of(TenantPipeline pipeline) {
        return pipeline.getStatus() == null || pipeline.getStatus().conditions() == null
                ? List.of()
                : pipeline.getStatus().conditions();
    }

    public static List<Condition> of(PipelineClass pipelineClass) {
        return pipelineClass.getStatus() == null || pipelineClass.getStatus().conditions() == null
                ? List.of()
                : pipelineClass.getStatus().conditions();
    }

    public static Optional<Condition> find(List<Condition> conditions, String type) {
        return conditions.stream().filter(c -> type.equals(c.getType())).findFirst();
    }

    public static boolean isTrue(List<Condition> conditions, String type) {
        return find(conditions, type).filter(c -> "True".equals(c.getStatus())).isPresent();
    }
}
