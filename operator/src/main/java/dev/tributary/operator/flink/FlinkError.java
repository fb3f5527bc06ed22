package dev.tributary.operator.flink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads {@code FlinkDeployment.status.error}: JSON with nested causes, or plain text. */
public final class FlinkError {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A status is no place for an essay. */
    private static final int LIMIT = 500;

    private FlinkError() {}

    /** How the job begins the message of an exception that stops it: a reason, and a sentence that says where. */
    private static final Pattern SENTENCE = Pattern.compile("[A-Z]\\w+: ");

    private static final Pattern JOB_STOPPED = Pattern.compile("JobStopped: (" + SENTENCE + "[^\\n\"\\\\]*)");

    /** What the job says of itself, if it stopped itself; else the first line of the innermost cause. */
    public static String firstLine(String error) {
        String message = stopped(error).orElseGet(() -> innermost(error)).strip();
        String line = message.lines().findFirst().orElse("no message");
        return line.length() > LIMIT ? line.substring(0, LIMIT) + "..." : line;
    }

    /** Whether records were gone from Kafka before the job read them: the job says so, or Kafka's client does. */
    public static boolean recordsExpired(String error) {
        return stopped(error)
                        .filter(sentence -> sentence.startsWith("OffsetsExpired"))
                        .isPresent()
                || error.contains("OffsetOutOfRangeException");
    }

    /** Type and message apart, as Flink's operator writes them; or one text, where Flink had wrapped the exception. */
    private static Optional<String> stopped(String error) {
        return causes(error)
                .filter(cause -> cause.path("type").asText().endsWith(".JobStopped"))
                .map(cause -> cause.path("message").asText())
                .filter(message -> SENTENCE.matcher(message).lookingAt())
                .findFirst()
                .or(() -> JOB_STOPPED
                        .matcher(error)
                        .results()
                        .map(found -> found.group(1))
                        .findFirst());
    }

    private static String innermost(String error) {
        return causes(error)
                .map(cause -> cause.path("message").asText())
                .filter(message -> !message.isEmpty())
                .reduce((outer, inner) -> inner)
                .orElse(error);
    }

    /** The exception and its causes, the innermost last; none of plain text. */
    private static Stream<JsonNode> causes(String error) {
        try {
            JsonNode tree = JSON.readTree(error);
            return tree.isObject()
                    ? Stream.concat(
                            Stream.of(tree),
                            StreamSupport.stream(tree.path("throwableList").spliterator(), false))
                    : Stream.empty();
        } catch (JsonProcessingException e) {
            return Stream.empty();
        }
    }
}
