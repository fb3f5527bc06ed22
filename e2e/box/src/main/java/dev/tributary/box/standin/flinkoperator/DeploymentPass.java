package dev.tributary.box.standin.flinkoperator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.box.standin.flinkoperator.FlinkDeploymentSpec.UpgradeMode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** One pass over one deployment: observe, validate, reconcile. What it finds and does goes into the status. */
final class DeploymentPass {

    static final Duration STEADY = Duration.ofSeconds(3);

    private static final Duration MOVING = Duration.ofMillis(250);
    private static final Duration STUCK = Duration.ofSeconds(2);
    /** The real operator writes this in place of a path: the checkpoint is found by high availability. */
    private static final String LAST_STATE_PATH = "KUBERNETES_OPERATOR_LAST_STATE";

    private final SpecValidation validation;
    private final Clusters clusters;

    private final GenericKubernetesResource resource;
    private final String namespace;
    private final String name;
    private final FlinkDeploymentSpec wanted;
    private final DeploymentStatus status;

    DeploymentPass(
            SpecValidation validation, Clusters clusters, GenericKubernetesResource resource, DeploymentStatus status) {
        this.validation = validation;
        this.clusters = clusters;
        this.resource = resource;
        this.namespace = resource.getMetadata().getNamespace();
        this.name = resource.getMetadata().getName();
        this.wanted = FlinkDeploymentSpec.of(resource);
        this.status = status;
    }

    /** @return when to look again */
    Duration step() throws IOException, InterruptedException {
        try {
            return observeAndReconcile();
        } catch (NotDeployable e) {
            status.jobManager("ERROR");
            status.jobState("RECONCILING");
            status.error(FlinkError.of(e.refusal()));
            return STUCK;
        }
    }

    private Duration observeAndReconcile() throws IOException, InterruptedException, NotDeployable {
        Optional<FlinkDeploymentSpec> last = status.lastReconciled();
        Optional<Refusal> refusal = validation.refusal(name, wanted, last);
        if (last.isEmpty()) {
            if (refusal.isPresent()) {
                status.error(FlinkError.of(refusal.get()));
                return STEADY;
            }
            return deployFirst();
        }
        Duration next = observe(last.get());
        if (refusal.isPresent()) {
            // What runs goes on.
            status.error(FlinkError.of(refusal.get()));
            return next;
        }
        return wanted.json().equals(last.get().json()) ? next : change(last.get(), next);
    }

    private Duration deployFirst() throws IOException, NotDeployable {
        if (!wanted.running()) {
            status.reconciled(resource, wanted, false);
            status.stable();
            return STEADY;
        }
        newJobId(wanted.initialSavepointPath());
        return deploy();
    }

    private Duration deploy() throws IOException, NotDeployable {
        clusters.start(namespace, name, wanted);
        status.reconciled(resource, wanted, false);
        status.jobManager("DEPLOYING");
        status.jobState("RECONCILING");
        return MOVING;
    }

    private Duration change(FlinkDeploymentSpec last, Duration otherwise)
            throws IOException, InterruptedException, NotDeployable {
        if (!last.running() && wanted.running()) {
            return resume(last);
        }
        if (wanted.sameDeployment(last)) {
            if (last.running()) {
                status.reconciled(resource, wanted, false);
                return otherwise;
            }
            // Suspended: how it was suspended decides how it resumes.
            FlinkDeploymentSpec kept = wanted.with(false, last.upgradeMode());
            if (!kept.json().equals(last.json())) {
                status.reconciled(resource, kept, false);
                status.stable();
            }
            return otherwise;
        }
        if (!last.running()) {
            status.reconciled(resource, wanted.with(false, last.upgradeMode()), false);
            status.stable();
            return otherwise;
        }
        return suspend(last);
    }

    /** The first half of an upgrade, and all of a suspension. */
    private Duration suspend(FlinkDeploymentSpec last) throws IOException, InterruptedException {
        UpgradeMode mode = wanted.upgradeMode();
        boolean runs = status.jobState().equals("RUNNING");
        if (mode == UpgradeMode.SAVEPOINT && !runs) {
            if (!last.highlyAvailable()) {
                // Nothing to restore from but a savepoint, and that needs a running job.
                return MOVING;
            }
            mode = UpgradeMode.LAST_STATE;
        }
        Optional<RunningCluster> cluster = clusters.find(namespace, name);
        if (cluster.isPresent() && status.jobId().isPresent()) {
            String jobId = status.jobId().get();
            if (mode == UpgradeMode.SAVEPOINT) {
                String directory = last.configuration("execution.checkpointing.savepoint-dir", "");
                try {
                    status.upgradeSavepointPath(cluster.get().rest().stopWithSavepoint(jobId, directory));
                } catch (IOException e) {
                    status.error(FlinkError.of(new Refusal(e.getClass().getName(), String.valueOf(e.getMessage()))));
                    return STUCK;
                }
            } else if (mode == UpgradeMode.STATELESS && runs) {
                cancel(cluster.get(), jobId);
            }
        }
        clusters.stop(namespace, name);
        status.jobManager("MISSING");
        if (!status.jobEnded()) {
            status.jobState("FINISHED");
        }
        status.reconciled(resource, wanted.with(false, mode), wanted.running());
        if (!wanted.running()) {
            status.stable();
            return STEADY;
        }
        return Duration.ZERO;
    }

    /** The second half of an upgrade. */
    private Duration resume(FlinkDeploymentSpec last) throws IOException, NotDeployable {
        UpgradeMode mode = wanted.upgradeMode() == UpgradeMode.STATELESS ? UpgradeMode.STATELESS : last.upgradeMode();
        switch (mode) {
            case STATELESS -> newJobId(Optional.empty());
            case SAVEPOINT -> newJobId(status.upgradeSavepointPath());
            case LAST_STATE -> {
                if (status.jobId().isEmpty()) {
                    newJobId(Optional.empty());
                }
                status.upgradeSavepointPath(LAST_STATE_PATH);
            }
        }
        return deploy();
    }

    /** A new job gets a new id, so that it never finds another's checkpoints. */
    private void newJobId(Optional<String> startFrom) throws IOException {
        String id = UUID.randomUUID().toString().replace("-", "");
        if (startFrom.isPresent()) {
            clusters.rememberStart(namespace, name, id, startFrom.get());
        }
        status.jobId(id);
    }

    private Duration observe(FlinkDeploymentSpec last) throws IOException, InterruptedException, NotDeployable {
        if (!last.running()) {
            clusters.stop(namespace, name);
            return STEADY;
        }
        Optional<RunningCluster> known = clusters.find(namespace, name);
        // None after the box itself was down: the deployment is still wanted.
        RunningCluster cluster = known.isPresent() ? known.get() : clusters.start(namespace, name, last);
        cluster.followJobManager();
        String jobId = status.jobId().orElseThrow();
        try {
            Optional<FlinkRest.Job> job = cluster.rest().job(jobId);
            if (job.isPresent()) {
                return report(cluster, jobId, job.get());
            }
            return status.jobEnded() && !status.jobState().equals("FINISHED") ? STEADY : submit(cluster, last, jobId);
        } catch (IOException e) {
            status.jobManager("DEPLOYING");
            status.jobState("RECONCILING");
            return MOVING;
        }
    }

    private Duration report(RunningCluster cluster, String jobId, FlinkRest.Job job)
            throws IOException, InterruptedException {
        status.jobManager("READY");
        status.job(job);
        status.clusterInfo(cluster.rest().config());
        switch (job.state()) {
            case "RUNNING", "FINISHED" -> {
                status.stable();
                status.error(null);
                return STEADY;
            }
            case "FAILED", "FAILING", "RESTARTING" -> {
                JsonNode failure = cluster.rest().newestFailure(jobId);
                if (!failure.isMissingNode()) {
                    status.error(FlinkError.of(failure));
                }
                return job.state().equals("FAILED") ? STEADY : MOVING.multipliedBy(2);
            }
            default -> {
                return MOVING;
            }
        }
    }

    /** A JobManager without the job has just started: for the first time, or again. */
    private Duration submit(RunningCluster cluster, FlinkDeploymentSpec last, String jobId)
            throws IOException, InterruptedException {
        status.jobManager("DEPLOYED_NOT_READY");
        status.jobState("RECONCILING");
        try {
            cluster.run(new FlinkRest.Submission(
                    jobId,
                    last.job().path("entryClass").asText(),
                    ContainerContent.local(last.arguments(), cluster.mounts()),
                    Math.max(1, last.parallelism()),
                    restorePath(last, jobId),
                    last.job().path("allowNonRestoredState").asBoolean()));
            status.error(null);
            return Duration.ofMillis(100);
        } catch (FlinkRest.Answer e) {
            status.error(FlinkError.of(new Refusal(
                    "org.apache.flink.client.program.ProgramInvocationException", String.valueOf(e.getMessage()))));
            return STUCK;
        }
    }

    /** With high availability the newest checkpoint; else what the job was started from in the first place. */
    private Optional<String> restorePath(FlinkDeploymentSpec last, String jobId) throws IOException {
        if (last.highlyAvailable()) {
            Optional<String> newest =
                    new Checkpoints(last.configuration("execution.checkpointing.dir", "")).newest(jobId);
            if (newest.isPresent()) {
                return newest;
            }
        }
        return clusters.startedFrom(namespace, name, jobId);
    }

    /** Cancels the job and ends its processes; checkpoints stay. */
    void end() throws IOException, InterruptedException {
        Optional<RunningCluster> cluster = clusters.find(namespace, name);
        if (cluster.isPresent() && status.jobId().isPresent() && !status.jobEnded()) {
            cancel(cluster.get(), status.jobId().get());
        }
        clusters.stop(namespace, name);
        clusters.forget(namespace, name);
    }

    private void cancel(RunningCluster cluster, String jobId) throws InterruptedException {
        try {
            cluster.rest().cancel(jobId);
            cluster.rest().awaitEnd(jobId);
        } catch (IOException e) {
            // No JobManager, no job: its processes are ended next anyway.
            status.jobState("RECONCILING");
        }
    }
}
