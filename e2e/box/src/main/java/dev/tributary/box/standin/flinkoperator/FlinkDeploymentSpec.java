package dev.tributary.box.standin.flinkoperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.box.standin.Json;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** What a FlinkDeployment asks for; the questions are the ones the real operator asks. */
record FlinkDeploymentSpec(JsonNode json) {

    /** Fields of {@code spec.job} whose change alone redeploys nothing. */
    private static final List<String> NO_UPGRADE =
            List.of("upgradeMode", "initialSavepointPath", "allowNonRestoredState");

    /** How a job's state is carried over; written as in the resource. */
    enum UpgradeMode {
        STATELESS("stateless"),
        SAVEPOINT("savepoint"),
        LAST_STATE("last-state");

        private final String text;

        UpgradeMode(String text) {
            this.text = text;
        }

        static UpgradeMode of(String text) {
            for (UpgradeMode mode : values()) {
                if (mode.text.equals(text)) {
                    return mode;
                }
            }
            throw new IllegalArgumentException(text);
        }
    }

    static FlinkDeploymentSpec of(GenericKubernetesResource resource) {
        return new FlinkDeploymentSpec(
                Json.tree(resource.getAdditionalProperties().get("spec")));
    }

    String image() {
        return json.path("image").asText();
    }

    String flinkVersion() {
        return json.path("flinkVersion").asText();
    }

    JsonNode job() {
        return json.path("job");
    }

    boolean hasJob() {
        return job().isObject();
    }

    boolean running() {
        return job().path("state").asText("running").equals("running");
    }

    UpgradeMode upgradeMode() {
        return UpgradeMode.of(job().path("upgradeMode").asText("stateless"));
    }

    int parallelism() {
        return job().path("parallelism").asInt(0);
    }

    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        job().path("args").forEach(argument -> arguments.add(argument.asText()));
        return arguments;
    }

    Optional<String> initialSavepointPath() {
        return Optional.ofNullable(job().path("initialSavepointPath").asText(null));
    }

    /** Flat, sorted. Nested keys are written with dots. */
    Map<String, String> configuration() {
        Map<String, String> flat = new TreeMap<>();
        flatten("", json.path("flinkConfiguration"), flat);
        return flat;
    }

    String configuration(String key, String otherwise) {
        return configuration().getOrDefault(key, otherwise);
    }

    /** Of log4j2, for all processes; empty when there is none. */
    String logConfiguration() {
        return json.path("logConfiguration").path("log4j-console.properties").asText("");
    }

    boolean highlyAvailable() {
        String type = configuration("high-availability.type", configuration("high-availability", "NONE"));
        return !type.equalsIgnoreCase("none");
    }

    int slots() {
        return Integer.parseInt(configuration("taskmanager.numberOfTaskSlots", "1"));
    }

    int taskManagers() {
        int asked = json.path("taskManager").path("replicas").asInt(0);
        return asked > 0 ? asked : Math.ceilDiv(Math.max(1, parallelism()), slots());
    }

    /** In megabytes; empty when it is not given or cannot be read. */
    OptionalInt memory(String component) {
        String text = json.path(component).path("resource").path("memory").asText("");
        if (text.isBlank()) {
            return OptionalInt.empty();
        }
        try {
            // Flink reads m and g as powers of two, whatever Kubernetes means by them.
            String binary = text.replaceFirst("(?i)^(\\d+)\\s*([kmg])(i?b?)$", "$1$2i");
            BigDecimal bytes = Quantity.getAmountInBytes(Quantity.parse(
                    binary.replace("mi", "Mi").replace("gi", "Gi").replace("ki", "Ki")));
            return OptionalInt.of(
                    bytes.divideToIntegralValue(BigDecimal.valueOf(1 << 20)).intValue());
        } catch (IllegalArgumentException e) {
            return OptionalInt.empty();
        }
    }

    double cpu(String component) {
        return json.path(component).path("resource").path("cpu").asDouble(1);
    }

    /** The one container's environment, volumes' mounts and so on. */
    JsonNode container() {
        return json.path("podTemplate").path("spec").path("containers").path(0);
    }

    JsonNode volumes() {
        return json.path("podTemplate").path("spec").path("volumes");
    }

    /** The same, as the real operator keeps it after a step. */
    FlinkDeploymentSpec with(boolean running, UpgradeMode mode) {
        ObjectNode copy = json.deepCopy();
        copy.withObject("/job").put("state", running ? "running" : "suspended").put("upgradeMode", mode.text);
        return new FlinkDeploymentSpec(copy);
    }

    /** Whether going from one to the other takes no new deployment. */
    boolean sameDeployment(FlinkDeploymentSpec other) {
        return significant().equals(other.significant());
    }

    private JsonNode significant() {
        ObjectNode copy = json.deepCopy();
        if (copy.path("job") instanceof ObjectNode job) {
            NO_UPGRADE.forEach(job::remove);
            if (!job.has("state")) {
                job.put("state", "running");
            }
        }
        return copy;
    }

    private static void flatten(String prefix, JsonNode node, Map<String, String> flat) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String key = prefix.isEmpty() ? field.getKey() : prefix + "." + field.getKey();
            if (field.getValue().isObject()) {
                flatten(key, field.getValue(), flat);
            } else {
                flat.put(key, field.getValue().asText());
            }
        }
    }
}
