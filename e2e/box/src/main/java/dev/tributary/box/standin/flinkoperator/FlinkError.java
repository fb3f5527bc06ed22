package dev.tributary.box.standin.flinkoperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.box.standin.Json;

/** {@code status.error}: JSON text of an exception and its causes, without stack traces, as the real operator writes it. */
final class FlinkError {

    private static final String CAUSED_BY = "Caused by: ";

    private FlinkError() {}

    static String of(Refusal refusal) {
        return json(refusal.type(), refusal.message()).toString();
    }

    /** An entry of Flink's history of failures. */
    static String of(JsonNode failure) {
        String trace = failure.path("stacktrace").asText();
        ObjectNode error = split(trace.lines().findFirst().orElse("unknown"));
        ArrayNode causes = error.withArray("throwableList");
        trace.lines()
                .filter(line -> line.startsWith(CAUSED_BY))
                .map(line -> split(line.substring(CAUSED_BY.length())))
                .forEach(causes::add);
        return error.toString();
    }

    private static ObjectNode split(String line) {
        int colon = line.indexOf(": ");
        return colon < 0 ? json(line, "") : json(line.substring(0, colon), line.substring(colon + 2));
    }

    private static ObjectNode json(String type, String message) {
        ObjectNode error = Json.object();
        error.put("type", type).put("message", message);
        error.putObject("additionalMetadata");
        error.putArray("throwableList");
        return error;
    }
}
