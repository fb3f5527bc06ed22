package dev.tributary.operator.pipelineclass;

import dev.tributary.api.v1alpha1.PipelineClass;
import dev.tributary.api.v1alpha1.PipelineClassStatus;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.report.Damping;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A class is ready when the clusters and the Secret that it names exist, and Kafka and ClickHouse answer. Its pipelines look
 * for themselves: this is what {@code doctor} and whoever made the class go by, also when no pipeline uses it yet.
 */
@ControllerConfiguration(name = "pipelineclass")
public class PipelineClassReconciler implements Reconciler<PipelineClass> {

    /** What a class refers to has no events here. */
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private static final Duration WHILE_IN_DOUBT = Duration.ofSeconds(5);

    private final EngineLook engines;
    private final ClassStatus statuses;
    private final Damping damping;

    PipelineClassReconciler(EngineLook engines, ClassStatus statuses, Damping damping) {
        this.engines = engines;
        this.statuses = statuses;
        this.damping = damping;
    }

    @Override
    public UpdateControl<PipelineClass> reconcile(PipelineClass pipelineClass, Context<PipelineClass> context) {
        PipelineClassStatus status = statuses.of(pipelineClass, engines.at(pipelineClass));
        if (!status.equals(pipelineClass.getStatus())) {
            PipelineClass patch = new PipelineClass();
            patch.setMetadata(new ObjectMetaBuilder()
                    .withName(pipelineClass.getMetadata().getName())
                    .build());
            patch.setStatus(status);
            context.resourceOperations().serverSideApplyPrimaryStatus(patch);
        }
        return UpdateControl.<PipelineClass>noUpdate()
                .rescheduleAfter(damping.isHolding(pipelineClass) || mayHeal(status) ? WHILE_IN_DOUBT : AGAIN);
    }

    /** Somebody may be waiting for it; a refused password is asked for at the slow pace, so that no account is locked. */
    private static boolean mayHeal(PipelineClassStatus status) {
        return Objects.requireNonNullElse(status.conditions(), List.<Condition>of()).stream()
                .anyMatch(c -> c.getStatus().equals("False")
                        && Reason.valueOf(c.getReason()).remedy() == Reason.Remedy.TIME);
    }
}
