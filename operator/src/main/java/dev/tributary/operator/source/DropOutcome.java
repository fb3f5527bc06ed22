package dev.tributary.operator.source;

import org.jspecify.annotations.Nullable;

/** What became of a capture that was to be taken away. */
public sealed interface DropOutcome {

    /**
     * Neither slot nor publication of ours is there now.
     *
     * @param server which server said so; null when the database itself is gone, and its slots with it
     */
    record Gone(@Nullable ServerIdentity server) implements DropOutcome {}

    /**
     * Somebody still reads from the slot; its reader was told to stop. Ask again.
     *
     * @param message what is in use
     */
    record StillActive(String message) implements DropOutcome {}

    /**
     * Something is left, and stays left until somebody acts.
     *
     * @param finding why
     */
    record Refused(Finding finding) implements DropOutcome {}
}
