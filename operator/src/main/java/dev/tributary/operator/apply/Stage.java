package dev.tributary.operator.apply;

import dev.tributary.operator.condition.ConditionType;
import dev.tributary.operator.condition.StageResult;

/** One step from the plan to the world. Doing it again does nothing. */
public interface Stage {

    /** The condition that tells of it. */
    ConditionType condition();

    /**
     * Brings its part of the world to the plan, as far as that goes without waiting.
     *
     * @throws RuntimeException when Kubernetes refuses something unexpectedly; the caller tells and tries again
     */
    StageResult apply(Pass pass);
}
