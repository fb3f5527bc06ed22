package dev.tributary.operator.kafka;

import org.jspecify.annotations.Nullable;

/** Reads the stack trace that Connect gives for a failure. */
public final class ConnectTrace {

    private static final String CAUSE = "Caused by: ";
    private static final int LIMIT = 500;

    private ConnectTrace() {}

    /** The innermost cause's own line; the rest is for the log. */
    public static String cause(@Nullable String trace) {
        if (trace == null || trace.isBlank()) {
            return "no reason given";
        }
        int at = trace.lastIndexOf(CAUSE);
        String line = (at < 0 ? trace : trace.substring(at + CAUSE.length()))
                .lines()
                .findFirst()
                .orElse("no reason given");
        return line.length() > LIMIT ? line.substring(0, LIMIT) + "..." : line;
    }
}
