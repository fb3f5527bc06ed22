package dev.tributary.box.standin.flinkoperator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.box.flink.FlinkMemory;
import dev.tributary.box.flink.FlinkRuntime;
import dev.tributary.box.standin.SupportedFields;
import dev.tributary.box.standin.flinkoperator.FlinkDeploymentSpec.UpgradeMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The real operator's validation, in its words, and then what the stand-in does not play. */
final class SpecValidation {

    private static final Pattern NAME = Pattern.compile("[a-z]([-a-z\\d]{0,43}[a-z\\d])?");
    private static final String CHECKPOINTS = "execution.checkpointing.dir";
    private static final String SAVEPOINTS = "execution.checkpointing.savepoint-dir";
    private static final String RETENTION = "execution.checkpointing.externalized-checkpoint-retention";

    private static final List<String> FORBIDDEN =
            List.of("kubernetes.namespace", "kubernetes.cluster-id", "high-availability.cluster-id");
    private static final Set<String> HIGH_AVAILABILITY =
            Set.of("high-availability", "high-availability.type", "high-availability.storageDir");
    /** What the stand-in sets itself, or cannot play. */
    private static final List<String> NOT_FOR_USERS = List.of(
            "high-availability.",
            "kubernetes.",
            "env.",
            "rest.",
            "jobmanager.rpc.",
            "jobmanager.memory.",
            "jobmanager.bind-host",
            "taskmanager.memory.",
            "taskmanager.host",
            "taskmanager.bind-host",
            "taskmanager.resource-id",
            "taskmanager.cpu.cores",
            "web.upload.dir",
            "io.tmp.dirs",
            "blob.server.port");

    private static final String MANAGED_MEMORY = "taskmanager.memory.managed.size";

    private static final SupportedFields FIELDS = SupportedFields.of(
            "image",
            "flinkVersion",
            "serviceAccount",
            "restartNonce",
            "flinkConfiguration.**",
            "logConfiguration.log4j-console.properties",
            "podTemplate.metadata.labels.**",
            "podTemplate.spec.containers[].name",
            "podTemplate.spec.containers[].ports[].name",
            "podTemplate.spec.containers[].ports[].containerPort",
            "podTemplate.spec.containers[].env[].name",
            "podTemplate.spec.containers[].env[].value",
            "podTemplate.spec.containers[].env[].valueFrom.secretKeyRef.name",
            "podTemplate.spec.containers[].env[].valueFrom.secretKeyRef.key",
            "podTemplate.spec.containers[].volumeMounts[].name",
            "podTemplate.spec.containers[].volumeMounts[].mountPath",
            "podTemplate.spec.volumes[].name",
            "podTemplate.spec.volumes[].configMap.name",
            "jobManager.replicas",
            "jobManager.resource.cpu",
            "jobManager.resource.memory",
            "taskManager.replicas",
            "taskManager.resource.cpu",
            "taskManager.resource.memory",
            "job.jarURI",
            "job.entryClass",
            "job.args",
            "job.parallelism",
            "job.upgradeMode",
            "job.state",
            "job.initialSavepointPath",
            "job.allowNonRestoredState");

    private final FlinkSettings settings;

    SpecValidation(FlinkSettings settings) {
        this.settings = settings;
    }

    /**
     * The first thing wrong.
     *
     * @param before what is deployed, if anything is
     */
    Optional<Refusal> refusal(String name, FlinkDeploymentSpec spec, Optional<FlinkDeploymentSpec> before) {
        return Stream.<Supplier<Optional<Refusal>>>of(
                        () -> invalidName(name),
                        () -> invalidConfiguration(spec),
                        () -> invalidJob(spec),
                        () -> invalidResources(spec),
                        () -> invalidChange(spec, before),
                        () -> unsupported(spec))
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Refusal> invalidName(String name) {
        return check(
                NAME.matcher(name).matches(),
                "The FlinkDeployment name: " + name
                        + " is invalid, must consist of lower case alphanumeric characters or '-', start with an"
                        + " alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or"
                        + " 'abc-123'), and the length must be no more than 45 characters.");
    }

    private static Optional<Refusal> invalidConfiguration(FlinkDeploymentSpec spec) {
        return FORBIDDEN.stream()
                .filter(spec.configuration()::containsKey)
                .findFirst()
                .map(key -> Refusal.invalid("Forbidden Flink config key: " + key));
    }

    private static Optional<Refusal> invalidJob(FlinkDeploymentSpec spec) {
        if (!spec.hasJob()) {
            return Optional.empty();
        }
        UpgradeMode mode = spec.upgradeMode();
        Map<String, String> config = spec.configuration();
        // Said by the operator up to 1.10; later ones fall back to cancelling the job, which loses what is not in a
        // retained checkpoint.
        if (mode == UpgradeMode.LAST_STATE && !spec.highlyAvailable()) {
            return Optional.of(Refusal.invalid("Job could not be upgraded with last-state while HA disabled"));
        }
        if (mode != UpgradeMode.STATELESS
                && config.getOrDefault(CHECKPOINTS, "").isBlank()) {
            return Optional.of(Refusal.invalid("Checkpoint directory[" + CHECKPOINTS
                    + "] must be defined for last-state and savepoint upgrade modes"));
        }
        if (mode == UpgradeMode.SAVEPOINT && config.getOrDefault(SAVEPOINTS, "").isBlank()) {
            return Optional.of(Refusal.invalid(
                    "Job could not be upgraded with savepoint while config key[" + SAVEPOINTS + "] is not set"));
        }
        boolean replicas = spec.json().path("taskManager").hasNonNull("replicas");
        return check(replicas || spec.parallelism() > 0, "Job parallelism must be larger than 0");
    }

    private static Optional<Refusal> invalidResources(FlinkDeploymentSpec spec) {
        for (String component : List.of("jobManager", "taskManager")) {
            String shown = component.equals("jobManager") ? "JobManager" : "TaskManager";
            JsonNode memory = spec.json().path(component).path("resource").path("memory");
            if (memory.asText("").isBlank()) {
                return Optional.of(Refusal.invalid(shown + " resource memory must be defined using `spec." + component
                        + ".resource.memory` or `spec." + component + ".resources.requests.memory`"));
            }
            if (spec.memory(component).isEmpty()) {
                return Optional.of(Refusal.invalid(shown + " resource memory parse error: " + memory.asText()));
            }
            JsonNode replicas = spec.json().path(component).path("replicas");
            if (!replicas.isMissingNode() && replicas.asInt() < 1) {
                return Optional.of(Refusal.invalid(shown + " replicas should not be configured less than one."));
            }
        }
        boolean standby = spec.json().path("jobManager").path("replicas").asInt(1) > 1;
        return check(
                !standby || spec.highlyAvailable(),
                "High availability should be enabled when starting standby JobManagers.");
    }

    private static Optional<Refusal> invalidChange(FlinkDeploymentSpec spec, Optional<FlinkDeploymentSpec> before) {
        if (before.isEmpty() || before.get().hasJob() == spec.hasJob()) {
            return Optional.empty();
        }
        return Optional.of(Refusal.invalid(
                spec.hasJob()
                        ? "Cannot switch from session to job cluster"
                        : "Cannot switch from job to session cluster"));
    }

    private Optional<Refusal> unsupported(FlinkDeploymentSpec spec) {
        return Stream.<Supplier<Optional<String>>>of(
                        () -> FIELDS.firstUnsupported(spec.json()).map(field -> field + " is not supported"),
                        () -> unless(spec.hasJob(), "spec.job is needed: session clusters are not supported"),
                        () -> unless(
                                spec.flinkVersion().equals("v2_2"),
                                "spec.flinkVersion: here is Flink " + FlinkRuntime.VERSION + " only"),
                        () -> unless(
                                settings.jobJars().containsKey(spec.image()),
                                "spec.image: there is no container here; known are "
                                        + settings.jobJars().keySet()),
                        () -> unless(
                                spec.job().path("jarURI").asText().startsWith("local://"),
                                "spec.job.jarURI must start with local:// (it stands for the image's jar)"),
                        () -> unless(
                                spec.json().path("jobManager").path("replicas").asInt(1) == 1,
                                "spec.jobManager.replicas: one JobManager only"),
                        () -> tooSmall(spec, "jobManager", FlinkMemory.LEAST_JOB_MANAGER),
                        () -> tooSmall(spec, "taskManager", FlinkMemory.LEAST_TASK_MANAGER),
                        () -> unsupportedContainers(spec),
                        () -> unsupportedKey(spec),
                        () -> unsupportedHighAvailability(spec))
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .map(Refusal::unsupported)
                .findFirst();
    }

    private static Optional<String> tooSmall(FlinkDeploymentSpec spec, String component, int least) {
        OptionalInt memory = spec.memory(component);
        return unless(
                memory.isEmpty() || memory.getAsInt() >= least,
                "spec." + component + ".resource.memory must be at least " + least + "m");
    }

    private static Optional<String> unsupportedContainers(FlinkDeploymentSpec spec) {
        JsonNode containers = spec.json().path("podTemplate").path("spec").path("containers");
        if (containers.isEmpty()) {
            return Optional.empty();
        }
        return unless(
                containers.size() == 1
                        && containers.path(0).path("name").asText().equals("flink-main-container"),
                "spec.podTemplate.spec.containers: only flink-main-container");
    }

    private static Optional<String> unsupportedKey(FlinkDeploymentSpec spec) {
        return spec.configuration().keySet().stream()
                // The TaskManagers here have none, so a spec may say so.
                .filter(key -> !(key.equals(MANAGED_MEMORY)
                        && spec.configuration(key, "").equals("0")))
                .filter(key -> !HIGH_AVAILABILITY.contains(key))
                .filter(key -> NOT_FOR_USERS.stream().anyMatch(key::startsWith))
                .findFirst()
                .map(key -> "spec.flinkConfiguration." + key + " is not supported");
    }

    private static Optional<String> unsupportedHighAvailability(FlinkDeploymentSpec spec) {
        if (!spec.highlyAvailable()) {
            return Optional.empty();
        }
        String type = spec.configuration("high-availability.type", spec.configuration("high-availability", ""));
        if (!type.equals("kubernetes")) {
            return Optional.of("spec.flinkConfiguration.high-availability.type: only kubernetes");
        }
        if (spec.configuration("high-availability.storageDir", "").isBlank()) {
            return Optional.of("spec.flinkConfiguration.high-availability.storageDir is needed for high availability");
        }
        return unless(
                spec.configuration(RETENTION, "").equals("RETAIN_ON_CANCELLATION"),
                "spec.flinkConfiguration." + RETENTION
                        + " must be RETAIN_ON_CANCELLATION: the stand-in plays high availability with checkpoints");
    }

    private static Optional<Refusal> check(boolean right, String otherwise) {
        return right ? Optional.empty() : Optional.of(Refusal.invalid(otherwise));
    }

    private static Optional<String> unless(boolean right, String otherwise) {
        return right ? Optional.empty() : Optional.of(otherwise);
    }
}
