package dev.tributary.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An object of Strimzi's or of the Flink operator's, with what its operator says about it.
 *
 * @param kind what it is
 * @param json all of it
 */
public record EngineObject(EngineKind kind, JsonNode json) {

    /** What an object's operator says of it. */
    public sealed interface Word {
        /** It is as it should be. */
        record Well(String state) implements Word {}

        /** It is not, and why. */
        record Unwell(String why) implements Word {}

        /** Its operator has not said anything of it, or not since it was changed. */
        record Nothing() implements Word {}
    }

    public static EngineObject of(EngineKind kind, GenericKubernetesResource resource) {
        return new EngineObject(kind, Serialization.jsonMapper().valueToTree(resource));
    }

    public String namespace() {
        return json.path("metadata").path("namespace").asText();
    }

    public String name() {
        return json.path("metadata").path("name").asText();
    }

    /** As in a message: {@code KafkaConnect kafka/connect}. */
    @Override
    public String toString() {
        return kind + " " + namespace() + "/" + name();
    }

    /** What its operator says. */
    public Word word() {
        return kind == EngineKind.FlinkDeployment ? flinkWord() : strimziWord();
    }

    /** Strimzi says an error as Ready=False of a topic, and as NotReady=True of others. */
    private Word strimziWord() {
        JsonNode status = json.path("status");
        if (status.path("observedGeneration").asLong()
                < json.path("metadata").path("generation").asLong()) {
            return new Word.Nothing();
        }
        for (JsonNode condition : status.path("conditions")) {
            boolean isTrue = condition.path("status").asText().equals("True");
            String type = condition.path("type").asText();
            if ((type.equals("NotReady") && isTrue) || (type.equals("Ready") && !isTrue)) {
                return new Word.Unwell(said(condition));
            }
        }
        if (kind == EngineKind.KafkaConnector) {
            return connectorWord(status.path("connectorStatus"));
        }
        return condition("Ready").isPresent() ? new Word.Well("Ready") : new Word.Nothing();
    }

    private static Word connectorWord(JsonNode connect) {
        List<String> failed = new ArrayList<>();
        for (JsonNode task : connect.path("tasks")) {
            if (task.path("state").asText().equals("FAILED")) {
                failed.add("task " + task.path("id").asText() + " failed");
            }
        }
        String state = connect.path("connector").path("state").asText();
        if (state.isEmpty()) {
            return new Word.Nothing();
        }
        return state.equals("FAILED") || !failed.isEmpty()
                ? new Word.Unwell(String.join(", ", state, String.join(", ", failed)))
                : new Word.Well(state);
    }

    private Word flinkWord() {
        JsonNode status = json.path("status");
        String job = status.path("jobStatus").path("state").asText();
        String lifecycle = status.path("lifecycleState").asText();
        if (lifecycle.isEmpty() && job.isEmpty()) {
            return new Word.Nothing();
        }
        if (lifecycle.equals("SUSPENDED")) {
            return new Word.Well("SUSPENDED");
        }
        boolean up = status.path("jobManagerDeploymentStatus").asText().equals("READY");
        return job.equals("RUNNING") && up
                ? new Word.Well("RUNNING")
                : new Word.Unwell("job " + (job.isEmpty() ? "not submitted" : job) + ", JobManager "
                        + status.path("jobManagerDeploymentStatus").asText("unknown"));
    }

    private Optional<JsonNode> condition(String type) {
        for (JsonNode condition : json.path("status").path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return Optional.of(condition);
            }
        }
        return Optional.empty();
    }

    private static String said(JsonNode condition) {
        String reason = condition.path("reason").asText();
        String message = condition.path("message").asText();
        return reason.isEmpty() || message.contains(reason) ? message : reason + ": " + message;
    }
}
