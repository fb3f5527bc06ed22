package dev.tributary.operator.report;

import dev.tributary.api.v1alpha1.TenantPipelineStatus.Effective;
import dev.tributary.api.v1alpha1.TenantPipelineStatus.Paused;
import dev.tributary.operator.condition.ConditionType;
import dev.tributary.operator.condition.StageResult;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one pass over a pipeline found, stage by stage; filled while the pass goes on. */
public final class Findings {

    private final Map<ConditionType, StageResult> results = new EnumMap<>(ConditionType.class);
    private @Nullable Effective effective;
    private @Nullable String tables;
    private @Nullable StageResult hold;
    private @Nullable Paused paused;

    /** Notes what a stage came to, and says whether the next may begin. */
    public boolean add(ConditionType type, StageResult result) {
        results.put(type, result);
        return result.letsNextBegin();
    }

    /** The first stage that nothing is noted of yet: the one that is under way. */
    public ConditionType reached() {
        return ConditionType.stages().stream()
                .filter(stage -> !results.containsKey(stage))
                .findFirst()
                .orElse(ConditionType.CaptureReady);
    }

    /** Whether every stage that was noted is well. */
    public boolean allReady() {
        return results.entrySet().stream()
                .filter(noted -> noted.getKey() != ConditionType.DataLoss)
                .allMatch(noted -> noted.getValue() instanceof StageResult.Ready);
    }

    /** Notes that the pass stops before the stages, and why: it is what Ready says, and what the stages wait for. */
    public void hold(StageResult why) {
        hold = why;
    }

    /** Notes what holds, as soon as it is known. */
    public void effective(Effective nowKnown) {
        effective = nowKnown;
    }

    /** Notes what a pause holds back; a pass that does not say so says that the pipeline is not paused. */
    public void paused(Paused heldBack) {
        paused = heldBack;
    }

    /** Notes how many of the listed tables have their target. */
    public void tables(int ready, int listed) {
        tables = ready + "/" + listed;
    }

    Optional<StageResult> hold() {
        return Optional.ofNullable(hold);
    }

    /** What is noted of a condition. */
    public Optional<StageResult> result(ConditionType type) {
        return Optional.ofNullable(results.get(type));
    }

    Optional<Effective> effective() {
        return Optional.ofNullable(effective);
    }

    @Nullable
    Paused paused() {
        return paused;
    }

    Optional<String> tables() {
        return Optional.ofNullable(tables);
    }
}
