package dev.tributary.operator.report;

import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.operator.condition.ConditionType;
import dev.tributary.operator.condition.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Optional;

/** Reads a pipeline's conditions. */
public final class Conditions {

    private Conditions() {}

    /** The condition of a type, as the status has it. */
    public static Optional<Condition> of(TenantPipeline pipeline, ConditionType type) {
        if (pipeline.getStatus() == null || pipeline.getStatus().conditions() == null) {
            return Optional.empty();
        }
        return pipeline.getStatus().conditions().stream()
                .filter(c -> type.name().equals(c.getType()))
                .findFirst();
    }

    /** Whether the status says that a condition holds. */
    public static boolean isTrue(TenantPipeline pipeline, ConditionType type) {
        return of(pipeline, type).filter(c -> "True".equals(c.getStatus())).isPresent();
    }

    /** Whether a condition was told with this reason. */
    public static boolean has(TenantPipeline pipeline, ConditionType type, Reason reason) {
        return of(pipeline, type)
                .filter(c -> reason.name().equals(c.getReason()))
                .isPresent();
    }
}
