package dev.tributary.box.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A status condition as Strimzi writes it; the time of its last transition is added by {@link StatusWriter}.
 *
 * @param status {@code True}, {@code False} or {@code Unknown}
 */
public record Condition(
        String type,
        String status,
        @Nullable String reason,
        @Nullable String message) {

    public static Condition of(String type) {
        return new Condition(type, "True", null, null);
    }

    /** Something the user should know that does not stop the reconciliation. */
    public static Condition warning(String reason, String message) {
        return new Condition("Warning", "True", reason, message);
    }

    ObjectNode json() {
        ObjectNode node = Json.object();
        node.put("type", type).put("status", status);
        if (reason != null) {
            node.put("reason", reason);
        }
        if (message != null) {
            node.put("message", message);
        }
        return node;
    }
}
