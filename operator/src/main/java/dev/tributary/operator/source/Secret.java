package dev.tributary.operator.source;

import java.util.Objects;

/** A text that never shows itself, neither in a log nor in an exception nor in the text of a record that holds it. */
public final class Secret {
    private final String value;

    /** Keeps the text. */
    public Secret(String value) {
        this.value = value;
    }

    /** The text itself: for the call that needs it, and nothing else. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(value);
    }

    @Override
    public String toString() {
        return "***";
    }
}
