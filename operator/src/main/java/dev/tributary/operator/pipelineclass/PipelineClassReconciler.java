package dev.tributary.operator.pipelineclass;

import dev.tributary.api.v1alpha1.PipelineClass;
import dev.tributary.api.v1alpha1.PipelineClassStatus;
import dev.tributary.operator.condition.ConditionType;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.Resolution;
import dev.tributary.operator.observe.EngineResolver;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** A class is ready when the clusters and the Secret that it names exist. Its pipelines look for themselves. */
@ControllerConfiguration(name = "pipelineclass")
public class PipelineClassReconciler implements Reconciler<PipelineClass> {

    /** What a class refers to has no events here. */
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private final EngineResolver engines;
    private final Clock clock;

    PipelineClassReconciler(EngineResolver engines, Clock clock) {
        this.engines = engines;
        this.clock = clock;
    }

    @Override
    public UpdateControl<PipelineClass> reconcile(PipelineClass pipelineClass, Context<PipelineClass> context) {
        PipelineClassStatus status =
                new PipelineClassStatus(pipelineClass.getMetadata().getGeneration(), List.of(ready(pipelineClass)));
        if (!status.equals(pipelineClass.getStatus())) {
            PipelineClass patch = new PipelineClass();
            patch.setMetadata(new ObjectMetaBuilder()
                    .withName(pipelineClass.getMetadata().getName())
                    .build());
            patch.setStatus(status);
            context.resourceOperations().serverSideApplyPrimaryStatus(patch);
        }
        return UpdateControl.<PipelineClass>noUpdate().rescheduleAfter(AGAIN);
    }

    private Condition ready(PipelineClass pipelineClass) {
        return switch (engines.resolve(pipelineClass)) {
            case Resolution.Resolved<EngineResolver.Engines> found ->
                condition(pipelineClass, "True", Reason.Resolved, "everything the class refers to is there");
            case Resolution.Unresolved<EngineResolver.Engines> missing ->
                condition(
                        pipelineClass,
                        "False",
                        missing.why().reason(),
                        missing.why().message());
        };
    }

    private Condition condition(PipelineClass pipelineClass, String status, Reason reason, String message) {
        return new ConditionBuilder()
                .withType(ConditionType.Ready.name())
                .withStatus(status)
                .withReason(reason.name())
                .withMessage(message)
                .withObservedGeneration(pipelineClass.getMetadata().getGeneration())
                .withLastTransitionTime(transitionTime(pipelineClass, status))
                .build();
    }

    private String transitionTime(PipelineClass pipelineClass, String status) {
        return Optional.ofNullable(pipelineClass.getStatus())
                .map(PipelineClassStatus::conditions)
                .flatMap(all -> all.stream()
                        .filter(c -> status.equals(c.getStatus()))
                        .map(Condition::getLastTransitionTime)
                        .findFirst())
                .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
