package dev.tributary.operator.condition;

/** Something that was looked for: there, or a reason why not. */
public sealed interface Resolution<T> {

    /** It is there. */
    record Resolved<T>(T value) implements Resolution<T> {}

    /** It is not, and this is why. */
    record Unresolved<T>(StageResult.Blocked why) implements Resolution<T> {}

    static <T> Resolution<T> blocked(Reason reason, String message) {
        return new Unresolved<>(new StageResult.Blocked(reason, message));
    }
}
