package dev.tributary.box.supervisor;

import java.time.Instant;

/**
 * What is known of a part.
 *
 * @param reason one line; empty when it is healthy
 * @param pid 0 when no process runs
 * @param restarts how often it died and was started again
 * @param since when it came into this state
 */
public record PartStatus(
        String name,
        String version,
        State state,
        String reason,
        long pid,
        int restarts,
        int memoryBoundMegabytes,
        Instant since) {

    /** Where a part is in its life. */
    public enum State {
        /** For the parts it needs. */
        WAITING,
        /** The process runs and was not healthy yet. */
        STARTING,
        HEALTHY,
        /** It was healthy and is not any more; the process still runs. */
        UNHEALTHY,
        /** It died and is started again soon. */
        BACKING_OFF,
        STOPPED
    }

    PartStatus in(State newState, String newReason, long newPid) {
        Instant changed = newState == state ? since : Instant.now();
        return new PartStatus(name, version, newState, newReason, newPid, restarts, memoryBoundMegabytes, changed);
    }

    PartStatus restarted() {
        return new PartStatus(name, version, state, reason, pid, restarts + 1, memoryBoundMegabytes, since);
    }
}
