package dev.tributary.operator.pipelineclass;

import dev.tributary.api.v1alpha1.PipelineClass;
import dev.tributary.api.v1alpha1.PipelineClassCondition;
import dev.tributary.api.v1alpha1.PipelineClassStatus;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.StageResult;
import dev.tributary.operator.report.Damping;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a class's whole status from what was found. The same findings make the same status, and no answer has to last. */
@ApplicationScoped
class ClassStatus {

    private static final StageResult NOT_ASKED =
            new StageResult.InProgress(Reason.Pending, "is not asked meanwhile: see condition Ready");

    private final Clock clock;
    private final Damping damping;

    ClassStatus(Clock clock, Damping damping) {
        this.clock = clock;
        this.damping = damping;
    }

    PipelineClassStatus of(PipelineClass pipelineClass, Map<PipelineClassCondition, StageResult> found) {
        List<Condition> told = new ArrayList<>();
        StageResult ready = found.getOrDefault(PipelineClassCondition.Ready, NOT_ASKED);
        if (!(ready instanceof StageResult.Ready) && isHeldBack(pipelineClass, PipelineClassCondition.Ready, ready)) {
            return pipelineClass.getStatus();
        }
        for (PipelineClassCondition engine :
                List.of(PipelineClassCondition.KafkaReachable, PipelineClassCondition.ClickHouseReachable)) {
            StageResult now = found.getOrDefault(engine, NOT_ASKED);
            Condition condition = isHeldBack(pipelineClass, engine, now)
                    ? before(pipelineClass, engine).orElseThrow()
                    : condition(pipelineClass, engine, now);
            told.add(condition);
            if (ready instanceof StageResult.Ready && !condition.getStatus().equals("True")) {
                ready = new StageResult.Blocked(Reason.valueOf(condition.getReason()), condition.getMessage());
            }
        }
        told.add(condition(pipelineClass, PipelineClassCondition.Ready, ready));
        return new PipelineClassStatus(pipelineClass.getMetadata().getGeneration(), told);
    }

    private boolean isHeldBack(PipelineClass pipelineClass, PipelineClassCondition type, StageResult now) {
        return before(pipelineClass, type)
                .filter(told -> damping.holdsBack(pipelineClass, told, condition(pipelineClass, type, now)))
                .isPresent();
    }

    private Condition condition(PipelineClass pipelineClass, PipelineClassCondition type, StageResult result) {
        String status = result instanceof StageResult.Ready ? "True" : result == NOT_ASKED ? "Unknown" : "False";
        return new ConditionBuilder()
                .withType(type.name())
                .withStatus(status)
                .withReason(result.reason().name())
                .withMessage(result.message())
                .withObservedGeneration(pipelineClass.getMetadata().getGeneration())
                .withLastTransitionTime(before(pipelineClass, type)
                        .filter(c -> status.equals(c.getStatus()))
                        .map(Condition::getLastTransitionTime)
                        .orElseGet(() ->
                                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString()))
                .build();
    }

    private static Optional<Condition> before(PipelineClass pipelineClass, PipelineClassCondition type) {
        return Optional.ofNullable(pipelineClass.getStatus()).map(PipelineClassStatus::conditions).stream()
                .flatMap(List::stream)
                .filter(c -> type.name().equals(c.getType()))
                .findFirst();
    }
}
