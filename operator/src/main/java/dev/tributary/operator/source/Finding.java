package dev.tributary.operator.source;

/**
 * One thing that keeps a source from being used.
 *
 * @param reason its kind
 * @param message one sentence that names the object and says what to do next. It is the same text as long as the cause
 *     is the same, and holds no secret
 */
public record Finding(Reason reason, String message) {
    public Finding {
        // Names of columns are any text, and a message is one line.
        message = message.replaceAll("\\p{Cntrl}", " ");
    }
}
