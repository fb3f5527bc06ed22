package dev.tributary.operator.condition;

/** What a stage came to. The message is one stable sentence that names the object and, unless all is well, what to do. */
public sealed interface StageResult {

    Reason reason();

    String message();

    /** The world is as planned. */
    record Ready(Reason reason, String message) implements StageResult {}

    /** It moves by itself; the stages that follow wait for it. */
    record InProgress(Reason reason, String message) implements StageResult {}

    /**
     * All is written and moves by itself, and the stages that follow need not wait: Kafka keeps what is captured until the
     * job has come up.
     */
    record Started(Reason reason, String message) implements StageResult {}

    /** Something outside stands in the way. The stages that follow are not started. */
    record Blocked(Reason reason, String message) implements StageResult {}

    /** Changes of the source will never arrive: the pipeline stops until a person has a new epoch begin. */
    record Lost(Reason reason, String message) implements StageResult {}

    /** Nothing is lost, but this epoch cannot be completed: the next begins by itself. */
    record Broken(Reason reason, String message) implements StageResult {}

    /** Nothing is known to be lost. */
    static StageResult noLossKnown() {
        return new Ready(Reason.NoLossKnown, "no change of this epoch is known to be lost");
    }

    /** Whether the stages that follow may begin. */
    default boolean letsNextBegin() {
        return this instanceof Ready || this instanceof Started;
    }
}
