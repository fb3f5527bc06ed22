package dev.tributary.box.supervisor;

import java.time.Instant;
import java.util.List;

/**
 * A part ended that nobody had asked to.
 *
 * @param how its exit code, or why it could not be started
 * @param logTail the last lines of its log
 */
public record PartDied(Instant at, String part, String how, List<String> logTail) {

    public PartDied {
        logTail = List.copyOf(logTail);
    }
}
