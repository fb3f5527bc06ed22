package dev.tributary.operator.report;

import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.api.v1alpha1.TenantPipelineStatus;
import dev.tributary.operator.condition.ConditionType;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.StageResult;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a pipeline's whole status from what was found. The same findings make the same status. */
@ApplicationScoped
public class StatusFactory {

    private final Clock clock;
    private final Damping damping;

    StatusFactory(Clock clock, Damping damping) {
        this.clock = clock;
        this.damping = damping;
    }

    /** The status that says what was found. */
    public TenantPipelineStatus status(TenantPipeline pipeline, Findings findings) {
        List<Condition> conditions = stages(pipeline, findings);
        Optional<StageResult> snapshot = findings.result(ConditionType.SnapshotComplete);
        // While the first snapshot runs nothing is wrong with what is there; a later one leaves rows that are gone.
        Optional<StageResult> notReady = findings.hold()
                .or(() -> firstNotReady(conditions))
                .or(() -> snapshot.filter(r -> r.reason() == Reason.Resnapshotting));
        conditions.add(snapshotComplete(pipeline, findings));
        conditions.add(dataLoss(pipeline, findings));
        addSummary(pipeline, conditions, notReady);

        TenantPipelineStatus before = pipeline.getStatus();
        return new TenantPipelineStatus(
                pipeline.getMetadata().getGeneration(),
                "postgresql",
                findings.tables()
                        .or(() -> Optional.ofNullable(before).map(TenantPipelineStatus::tables))
                        .orElse("0/" + pipeline.getSpec().source().tables().size()),
                findings.effective().orElse(before == null ? null : before.effective()),
                findings.paused(),
                conditions);
    }

    /** A snapshot that was complete stays so: a pass that did not get as far says nothing against it. */
    private Condition snapshotComplete(TenantPipeline pipeline, Findings findings) {
        ConditionType type = ConditionType.SnapshotComplete;
        return findings.result(type)
                .map(result -> condition(pipeline, type, statusOf(result), result))
                .or(() -> Conditions.of(pipeline, type)
                        .filter(c -> "True".equals(c.getStatus()))
                        .map(c -> observedNow(pipeline, c)))
                .orElseGet(() -> pending(pipeline, type, findings));
    }

    private List<Condition> stages(TenantPipeline pipeline, Findings findings) {
        List<Condition> told = new ArrayList<>();
        boolean holding = false;
        for (ConditionType stage : ConditionType.stages()) {
            Optional<StageResult> result = findings.result(stage);
            Condition now = result.map(r -> condition(pipeline, stage, statusOf(r), r))
                    .orElseGet(() -> pending(pipeline, stage, findings));
            Condition before = Conditions.of(pipeline, stage).orElse(null);
            if (before != null && result.isPresent() && damping.holdsBack(pipeline, before, now)) {
                holding = true;
                told.add(before);
            } else {
                // What was not looked at because of a hiccup stays as it was as well.
                told.add(holding && result.isEmpty() && before != null ? before : now);
            }
        }
        return told;
    }

    private static Optional<StageResult> firstNotReady(List<Condition> stages) {
        return stages.stream()
                .filter(c ->
                        !"True".equals(c.getStatus()) && !Reason.Pending.name().equals(c.getReason()))
                .findFirst()
                .map(c -> new StageResult.InProgress(Reason.valueOf(c.getReason()), c.getMessage()));
    }

    private Condition dataLoss(TenantPipeline pipeline, Findings findings) {
        ConditionType type = ConditionType.DataLoss;
        return findings.result(type)
                .map(found -> condition(pipeline, type, found instanceof StageResult.Ready ? "False" : "True", found))
                .or(() -> quarantinedBefore(pipeline))
                .orElseGet(() -> condition(pipeline, type, "False", StageResult.noLossKnown()));
    }

    /** A pass that did not come as far as to look into the quarantine says nothing against what is in it. */
    private static Optional<Condition> quarantinedBefore(TenantPipeline pipeline) {
        return Conditions.of(pipeline, ConditionType.DataLoss)
                .filter(c -> c.getReason().equals(Reason.RecordsQuarantined.name()))
                .map(c -> observedNow(pipeline, c));
    }

    private static Condition observedNow(TenantPipeline pipeline, Condition before) {
        return new ConditionBuilder(before)
                .withObservedGeneration(pipeline.getMetadata().getGeneration())
                .build();
    }

    private void addSummary(TenantPipeline pipeline, List<Condition> conditions, Optional<StageResult> notReady) {
        StageResult ready =
                notReady.orElse(new StageResult.Ready(Reason.Running, "changes of the source flow into ClickHouse"));
        conditions.add(
                condition(pipeline, ConditionType.Ready, ready instanceof StageResult.Ready ? "True" : "False", ready));
        switch (ready.reason().remedy()) {
            case PERSON -> conditions.add(condition(pipeline, ConditionType.Stalled, "True", ready));
            case TIME -> conditions.add(condition(pipeline, ConditionType.Reconciling, "True", ready));
            case NONE -> {}
        }
    }

    private static String statusOf(StageResult result) {
        return switch (result) {
            case StageResult.Ready r -> "True";
            case StageResult.InProgress r -> "False";
            case StageResult.Started r -> "False";
            case StageResult.Blocked r -> "False";
            case StageResult.Lost r -> "False";
            case StageResult.Broken r -> "False";
        };
    }

    private Condition pending(TenantPipeline pipeline, ConditionType type, Findings findings) {
        return condition(
                pipeline,
                type,
                "Unknown",
                new StageResult.InProgress(
                        Reason.Pending,
                        findings.hold().isPresent()
                                ? "is not looked at meanwhile: see condition Ready"
                                : "waits for the stages before it"));
    }

    private Condition condition(TenantPipeline pipeline, ConditionType type, String status, StageResult result) {
        return new ConditionBuilder()
                .withType(type.name())
                .withStatus(status)
                .withReason(result.reason().name())
                .withMessage(result.message())
                .withObservedGeneration(pipeline.getMetadata().getGeneration())
                .withLastTransitionTime(transitionTime(pipeline, type, status))
                .build();
    }

    /** Kubernetes' rule: the time of the last change of status, not of reason or message. */
    private String transitionTime(TenantPipeline pipeline, ConditionType type, String status) {
        return Conditions.of(pipeline, type)
                .filter(c -> status.equals(c.getStatus()))
                .map(Condition::getLastTransitionTime)
                .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
