package dev.tributary.operator.report;

import dev.tributary.api.v1alpha1.TenantPipelineStatus.Effective;
import dev.tributary.operator.condition.ConditionType;
import dev.tributary.operator.condition.StageResult;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one pass over a pipeline found, stage by stage; filled while the pass goes on. */
public final class Findings {

    private final Map<ConditionType, StageResult> results = new EnumMap<>(ConditionType.class);
    private @Nullable Effective effective;
    private @Nullable String tables;

    /** Notes what a stage came to, and says whether the next may begin. */
    public boolean add(ConditionType type, StageResult result) {
        results.put(type, result);
        return result.letsNextBegin();
    }

    /** The first stage that nothing is noted of yet: the one that is under way. */
    public ConditionType reached() {
        return Arrays.stream(ConditionType.values())
                .filter(type -> !results.containsKey(type))
                .findFirst()
                .orElse(ConditionType.CaptureReady);
    }

    /** Notes what holds, as soon as it is known. */
    public void effective(Effective nowKnown) {
        effective = nowKnown;
    }

    /** Notes how many of the listed tables have their target. */
    public void tables(int ready, int listed) {
        tables = ready + "/" + listed;
    }

    Optional<StageResult> result(ConditionType type) {
        return Optional.ofNullable(results.get(type));
    }

    Optional<Effective> effective() {
        return Optional.ofNullable(effective);
    }

    Optional<String> tables() {
        return Optional.ofNullable(tables);
    }
}
