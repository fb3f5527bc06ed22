package dev.tributary.operator.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * How Flux and others that use kstatus read an object: the rules of its README for custom resources. The real one judges
 * the same objects in HealthTableTest.
 */
enum Kstatus {
    Current,
    InProgress,
    Failed,
    Terminating;

    static Kstatus of(JsonNode object) {
        JsonNode status = object.path("status");
        if (object.at("/metadata").has("deletionTimestamp")) {
            return Terminating;
        }
        if (status.has("observedGeneration")
                && status.path("observedGeneration").asLong()
                        != object.at("/metadata/generation").asLong()) {
            return InProgress;
        }
        if (condition(status, "Reconciling").filter("True"::equals).isPresent()) {
            return InProgress;
        }
        if (condition(status, "Stalled").filter("True"::equals).isPresent()) {
            return Failed;
        }
        return condition(status, "Ready").map("True"::equals).orElse(true) ? Current : InProgress;
    }

    private static Optional<String> condition(JsonNode status, String type) {
        for (JsonNode condition : status.path("conditions")) {
            if (type.equals(condition.path("type").asText())) {
                return Optional.of(condition.path("status").asText());
            }
        }
        return Optional.empty();
    }
}
