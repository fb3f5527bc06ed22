package dev.tributary.job;

/**
 * Ends the job. The message is one line: {@code <Reason>: <sentence>}, the reason from {@link StopReason}, the sentence
 * naming table, column and {@code topic-partition@offset} where there are such, and never a value of a row. Flink wraps
 * it; look for this class's name in the stack trace.
 */
public final class JobStopped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final StopReason reason;
    private final String sentence;

    public JobStopped(StopReason reason, String sentence) {
        super(reason.label() + ": " + sentence);
        this.reason = reason;
        this.sentence = sentence;
    }

    public JobStopped(StopReason reason, String sentence, Throwable cause) {
        super(reason.label() + ": " + sentence, cause);
        this.reason = reason;
        this.sentence = sentence;
    }

    /** Why it stopped. */
    public StopReason reason() {
        return reason;
    }

    /** What happened, where. */
    public String sentence() {
        return sentence;
    }
}
