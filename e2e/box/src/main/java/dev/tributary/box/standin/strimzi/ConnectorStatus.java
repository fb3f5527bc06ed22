package dev.tributary.box.standin.strimzi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Connect's status of a connector, with the questions Strimzi asks of it. */
record ConnectorStatus(JsonNode json) {

    String state() {
        return json.path("connector").path("state").asText();
    }

    boolean connectorFailed() {
        return state().equals("FAILED");
    }

    List<String> failedTasks() {
        List<String> failed = new ArrayList<>();
        for (JsonNode task : json.path("tasks")) {
            if (task.path("state").asText().equals("FAILED")) {
                failed.add(task.path("id").asText());
            }
        }
        return failed;
    }

    int tasks() {
        return json.path("tasks").size();
    }

    boolean anythingFailed() {
        return connectorFailed() || !failedTasks().isEmpty();
    }

    /** Nothing will change by itself: all are in the state that was asked for. */
    boolean settled(String wanted) {
        if (!state().equals(wanted)) {
            return false;
        }
        if (wanted.equals("STOPPED")) {
            return true;
        }
        for (JsonNode task : json.path("tasks")) {
            if (!task.path("state").asText().equals(wanted)) {
                return false;
            }
        }
        return tasks() > 0;
    }
}
