package dev.tributary.box.part;

/** What a health check found. */
public sealed interface Health {

    /** It works. */
    record Healthy() implements Health {}

    /**
     * It does not work (yet).
     *
     * @param reason one line for the user
     */
    record Unhealthy(String reason) implements Health {}
}
