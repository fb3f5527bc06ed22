package dev.tributary.operator.apply;

import dev.tributary.operator.condition.ConditionType;
import dev.tributary.operator.condition.StageResult;
import java.util.Optional;

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

    /**
     * Says how its part of the world is without touching it, for a pass that a stage before it has blocked: what runs goes
     * on, and whoever looks must see how. Empty when there is nothing yet.
     */
    default Optional<StageResult> look(Pass pass) {
        return Optional.empty();
    }
}
