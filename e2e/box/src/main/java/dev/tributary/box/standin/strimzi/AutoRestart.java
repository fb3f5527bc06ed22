package dev.tributary.box.standin.strimzi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.box.standin.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Restarts of a failing connector so far, as they stand in {@code status.autoRestart}. The waits are Strimzi's: at once,
 * then after 2, 6, 12 ... minutes, at most an hour.
 */
record AutoRestart(int count, Instant last) {

    static Optional<AutoRestart> of(JsonNode status) {
        JsonNode json = status.path("autoRestart");
        return json.hasNonNull("lastRestartTimestamp")
                ? Optional.of(new AutoRestart(
                        json.path("count").asInt(),
                        Instant.parse(json.path("lastRestartTimestamp").asText())))
                : Optional.empty();
    }

    static AutoRestart first(Clock clock) {
        return new AutoRestart(1, now(clock));
    }

    AutoRestart next(Clock clock) {
        return new AutoRestart(count + 1, now(clock));
    }

    boolean due(Clock clock, OptionalInt maxRestarts) {
        return (maxRestarts.isEmpty() || count < maxRestarts.getAsInt()) && minutesSince(clock) >= waitInMinutes();
    }

    /** It has been well for long enough to forget about it. */
    boolean forgotten(Clock clock) {
        return minutesSince(clock) > waitInMinutes();
    }

    ObjectNode json() {
        return Json.object().put("count", count).put("lastRestartTimestamp", last.toString());
    }

    private long waitInMinutes() {
        return Math.min((long) count * count + count, 60);
    }

    private long minutesSince(Clock clock) {
        return Duration.between(last, clock.instant()).toMinutes();
    }

    private static Instant now(Clock clock) {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
