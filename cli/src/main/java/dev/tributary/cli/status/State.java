package dev.tributary.cli.status;

import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.api.v1alpha1.TenantPipelineStatus;
import dev.tributary.cli.cluster.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** What all conditions of a pipeline come to, the worst first. */
public enum State {
    DATA_LOSS("DataLoss"),
    STALLED("Stalled"),
    /** The operator has not looked at it. */
    UNKNOWN("Unknown"),
    MOVING("Moving"),
    DELETING("Deleting"),
    PAUSED("Paused"),
    READY("Ready");

    private final String shown;

    State(String shown) {
        this.shown = shown;
    }

    /** As it is shown. */
    String shown() {
        return shown;
    }

    /** Since when, ISO 8601. */
    static String since(TenantPipeline pipeline) {
        TenantPipelineStatus status = pipeline.getStatus();
        if (pipeline.isMarkedForDeletion()) {
            return pipeline.getMetadata().getDeletionTimestamp();
        }
        if (of(pipeline) == PAUSED && status.paused() != null) {
            return status.paused().since();
        }
        return Conditions.find(Conditions.of(pipeline), "Ready")
                .map(Condition::getLastTransitionTime)
                .orElseGet(() -> pipeline.getMetadata().getCreationTimestamp());
    }

    /** The state of a pipeline. */
    public static State of(TenantPipeline pipeline) {
        List<Condition> conditions = Conditions.of(pipeline);
        if (pipeline.isMarkedForDeletion()) {
            return DELETING;
        }
        if (Conditions.isTrue(conditions, "DataLoss")) {
            return DATA_LOSS;
        }
        if (Conditions.isTrue(conditions, "Stalled")) {
            return STALLED;
        }
        if (!Conditions.isTrue(conditions, "Ready")) {
            return conditions.isEmpty() ? UNKNOWN : MOVING;
        }
        return Conditions.find(conditions, "Ready")
                        .filter(c -> "Paused".equals(c.getReason()))
                        .isPresent()
                ? PAUSED
                : READY;
    }
}
