package dev.tributary.operator.kafka;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the stack trace that Connect gives for a failure. */
public final class ConnectTrace {

    private static final String CAUSE = "Caused by: ";
    private static final int LIMIT = 500;
    private static final String TOO_LARGE = "RecordTooLargeException";
    private static final String TOO_LARGE_REMEDY =
            " Raise kafka.topics.maxRecordBytes of the PipelineClass: the capture goes on from this row, and nothing is lost";

    private ConnectTrace() {}

    /** The innermost cause's own line, with what to do where we know it; the rest is for the log. */
    public static String cause(@Nullable String trace) {
        if (trace == null || trace.isBlank()) {
            return "no reason given";
        }
        int at = trace.lastIndexOf(CAUSE);
        List<String> lines =
                (at < 0 ? trace : trace.substring(at + CAUSE.length())).lines().toList();
        // Connect announces what is wrong with a configuration in one line, and says it in the next.
        String line = lines.get(0).endsWith(":") && lines.size() > 1
                ? lines.get(0) + " " + lines.get(1).strip()
                : lines.get(0);
        String cut = line.length() > LIMIT ? line.substring(0, LIMIT) + "..." : line;
        return line.contains(TOO_LARGE) ? cut + TOO_LARGE_REMEDY : cut;
    }
}
