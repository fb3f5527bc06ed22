package dev.tributary.box.standin.flinkoperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.box.standin.Json;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The status of a FlinkDeployment while one pass works on it. All that the stand-in must remember is in it. */
final class DeploymentStatus {

    private static final Set<String> TERMINAL = Set.of("FAILED", "FINISHED", "CANCELED");
    private static final String LAST_RECONCILED = "lastReconciledSpec";
    private static final String LAST_STABLE = "lastStableSpec";

    private final ObjectNode json;
    private final Clock clock;

    private DeploymentStatus(ObjectNode json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    static DeploymentStatus of(GenericKubernetesResource resource, Clock clock) {
        JsonNode before = Json.tree(resource.getAdditionalProperties().get("status"));
        DeploymentStatus status =
                new DeploymentStatus(before instanceof ObjectNode object ? object : Json.object(), clock);
        if (before.isEmpty()) {
            status.jobManager("MISSING");
            status.reconciliation().put("state", "UPGRADING").put("reconciliationTimestamp", 0);
            status.json.withObject("/jobStatus");
        }
        return status;
    }

    /** What is deployed, or was before it was suspended; empty before the first deployment. */
    Optional<FlinkDeploymentSpec> lastReconciled() {
        JsonNode text = reconciliation().path(LAST_RECONCILED);
        return text.isTextual()
                ? Optional.of(new FlinkDeploymentSpec(Json.parse(text.asText()).path("spec")))
                : Optional.empty();
    }

    /**
     * A step is done, or begins.
     *
     * @param upgrading more is to come
     */
    void reconciled(GenericKubernetesResource resource, FlinkDeploymentSpec spec, boolean upgrading) {
        ObjectNode text = Json.object();
        text.set("spec", spec.json());
        text.putObject("resource_metadata")
                .put("apiVersion", resource.getApiVersion())
                .put("firstDeployment", lastReconciled().isEmpty());
        reconciliation()
                .put(LAST_RECONCILED, text.toString())
                .put("state", upgrading ? "UPGRADING" : "DEPLOYED")
                .put("reconciliationTimestamp", clock.millis());
        json.put("observedGeneration", resource.getMetadata().getGeneration());
        error(null);
        ObjectNode taskManager = json.putObject("taskManager");
        taskManager.put(
                "labelSelector",
                spec.running()
                        ? "component=taskmanager,app=" + resource.getMetadata().getName()
                        : "");
        taskManager.put("replicas", spec.running() ? spec.taskManagers() : 0);
    }

    void stable() {
        reconciliation().set(LAST_STABLE, reconciliation().path(LAST_RECONCILED));
    }

    private boolean isStable() {
        return reconciliation().hasNonNull(LAST_STABLE)
                && reconciliation().path(LAST_STABLE).equals(reconciliation().path(LAST_RECONCILED));
    }

    /** One of the operator's words: READY, DEPLOYED_NOT_READY, DEPLOYING, MISSING, ERROR. */
    void jobManager(String word) {
        json.put("jobManagerDeploymentStatus", word);
    }

    void error(@Nullable String text) {
        if (text == null) {
            json.remove("error");
        } else {
            json.put("error", text);
        }
    }

    Optional<String> jobId() {
        return Optional.ofNullable(job().path("jobId").asText(null));
    }

    void jobId(String id) {
        job().put("jobId", id);
    }

    String jobState() {
        return job().path("state").asText();
    }

    boolean jobEnded() {
        return TERMINAL.contains(jobState());
    }

    void jobState(String state) {
        if (!state.equals(jobState())) {
            job().put("state", state).put("updateTime", String.valueOf(clock.millis()));
        }
    }

    void job(FlinkRest.Job seen) {
        jobState(seen.state());
        job().put("jobName", seen.name()).put("startTime", String.valueOf(seen.startTime()));
    }

    Optional<String> upgradeSavepointPath() {
        return Optional.ofNullable(job().path("upgradeSavepointPath").asText(null));
    }

    void upgradeSavepointPath(String path) {
        job().put("upgradeSavepointPath", path);
    }

    void clusterInfo(JsonNode config) {
        json.putObject("clusterInfo")
                .put("flink-version", config.path("flink-version").asText())
                .put("flink-revision", config.path("flink-revision").asText());
    }

    ObjectNode json() {
        json.put("lifecycleState", lifecycle());
        return json;
    }

    private String lifecycle() {
        Optional<FlinkDeploymentSpec> last = lastReconciled();
        if (last.isEmpty()) {
            if (json.path("jobManagerDeploymentStatus").asText().equals("ERROR")) {
                // The spec was taken; only the pods do not start yet.
                return "UPGRADING";
            }
            return json.has("error") ? "FAILED" : "CREATED";
        }
        if (reconciliation().path("state").asText().equals("UPGRADING")) {
            return "UPGRADING";
        }
        if (!last.get().running()) {
            return "SUSPENDED";
        }
        if (jobState().equals("FAILED")) {
            return "FAILED";
        }
        return isStable() ? "STABLE" : "DEPLOYED";
    }

    private ObjectNode job() {
        return json.withObject("/jobStatus");
    }

    private ObjectNode reconciliation() {
        return json.withObject("/reconciliationStatus");
    }
}
