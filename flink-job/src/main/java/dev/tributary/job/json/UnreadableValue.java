package dev.tributary.job.json;

import dev.tributary.job.StopReason;

/** A value that cannot be carried. Whoever knows table, column and position turns it into a {@code JobStopped}. */
public final class UnreadableValue extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final StopReason reason;
    private final String what;

    /** @param what completes the sentence "the value ...", and holds nothing of the value */
    public UnreadableValue(StopReason reason, String what) {
        super(what, null, false, false);
        this.reason = reason;
        this.what = what;
    }

    public StopReason reason() {
        return reason;
    }

    /** Completes the sentence "the value ...". */
    public String what() {
        return what;
    }

    /** The JSON is not JSON, or not of the form that the type has. */
    public static UnreadableValue malformed(String what) {
        return new UnreadableValue(StopReason.MALFORMED_RECORD, what);
    }

    /** The value is understood, and does not fit. */
    public static UnreadableValue outOfRange(String what) {
        return new UnreadableValue(StopReason.VALUE_OUT_OF_RANGE, what);
    }
}
