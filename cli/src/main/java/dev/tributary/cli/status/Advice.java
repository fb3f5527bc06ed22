package dev.tributary.cli.status;

import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.api.v1alpha1.TenantPipelineStatus;
import dev.tributary.cli.cluster.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What whoever is on call does next. */
final class Advice {

    private Advice() {}

    /** A sentence a line. */
    static List<String> on(TenantPipeline pipeline) {
        List<Condition> conditions = Conditions.of(pipeline);
        String where = "-n " + pipeline.getMetadata().getNamespace() + " "
                + pipeline.getMetadata().getName();
        if (conditions.isEmpty()) {
            return List.of("The operator has not looked at it yet. If that lasts: kubectl tributary doctor");
        }
        List<String> advice = new ArrayList<>();
        if (isOutdated(pipeline)) {
            advice.add("The operator has not looked at the newest spec yet: what is told is about an older one. If that"
                    + " lasts: kubectl tributary doctor");
        }
        Optional<Condition> ready = Conditions.find(conditions, "Ready");
        String message = ready.map(Condition::getMessage).orElse("");
        switch (State.of(pipeline)) {
            case DELETING ->
                advice.add(
                        "Wait: it is being taken down, and the first condition with reason Deleting says which step is"
                                + " under way.");
            case DATA_LOSS -> advice.add("Act: " + message);
            case STALLED -> advice.add("Act: " + message);
            case PAUSED -> advice.addAll(paused(pipeline));
            case MOVING, UNKNOWN -> {
                advice.add("It moves, or may heal by itself: " + message);
                advice.add(
                        "If it lasts, remove the cause that is named there; what led to it: kubectl tributary events "
                                + where);
            }
            case READY -> advice.add("Nothing: all is well.");
        }
        ready.filter(c -> !"True".equals(c.getStatus()))
                .ifPresent(c -> advice.add("More about " + c.getReason() + ": docs/failure-modes.md"));
        return advice;
    }

    private static List<String> paused(TenantPipeline pipeline) {
        List<String> advice = new ArrayList<>();
        TenantPipelineStatus.Paused paused = pipeline.getStatus().paused();
        if (paused != null) {
            if (paused.sourceKeeps() != null) {
                advice.add("Meanwhile the source keeps: " + paused.sourceKeeps());
            }
            if (paused.kafkaKeepsUntil() != null) {
                advice.add("Resume before " + paused.kafkaKeepsUntil()
                        + ": what is in Kafka and not in ClickHouse yet is kept until then.");
            }
        }
        advice.add("To go on: kubectl patch tenantpipeline "
                + pipeline.getMetadata().getName() + " -n "
                + pipeline.getMetadata().getNamespace()
                + " --type merge -p '{\"spec\":{\"desiredState\":\"Running\"}}'");
        return advice;
    }

    private static boolean isOutdated(TenantPipeline pipeline) {
        Long observed = pipeline.getStatus().observedGeneration();
        Long generation = pipeline.getMetadata().getGeneration();
        return generation != null && (observed == null || observed < generation);
    }
}
