package dev.tributary.operator.flink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code FlinkDeployment.status.error}: JSON with nested causes, or plain text. */
public final class FlinkError {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A status is no place for an essay. */
    private static final int LIMIT = 500;

    private FlinkError() {}

    /** How the job begins the message of an exception that stops it: a reason, and a sentence that says where. */
    private static final Pattern JOB_STOPPED = Pattern.compile("JobStopped: ([A-Z]\\w+: [^\\n\"\\\\]*)");

    /** What the job says of itself, if it stopped itself; else the first line of the innermost cause. */
    public static String firstLine(String error) {
        Matcher stopped = JOB_STOPPED.matcher(error);
        if (stopped.find()) {
            return stopped.group(1).strip();
        }
        String message = innermost(error).strip();
        String line = message.lines().findFirst().orElse("no message");
        return line.length() > LIMIT ? line.substring(0, LIMIT) + "..." : line;
    }

    /** Whether records were gone from Kafka before the job read them: the job says so, or Kafka's client does. */
    public static boolean recordsExpired(String error) {
        return error.contains("JobStopped: OffsetsExpired") || error.contains("OffsetOutOfRangeException");
    }

    private static String innermost(String error) {
        try {
            JsonNode tree = JSON.readTree(error);
            if (!tree.isObject()) {
                return error;
            }
            JsonNode causes = tree.path("throwableList");
            JsonNode last = causes.isArray() && !causes.isEmpty() ? causes.get(causes.size() - 1) : tree;
            return last.path("message").asText(tree.path("message").asText(error));
        } catch (JsonProcessingException e) {
            return error;
        }
    }
}
