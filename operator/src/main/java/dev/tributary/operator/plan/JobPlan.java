package dev.tributary.operator.plan;

import dev.tributary.api.v1alpha1.PipelineClassSpec;
import dev.tributary.api.v1alpha1.TenantPipelineSpec;
import dev.tributary.jobspec.JobSpec;
import dev.tributary.jobspec.JobSpecJson;
import dev.tributary.jobspec.OnBadRecord;
import dev.tributary.jobspec.OnTruncate;
import dev.tributary.operator.claim.Identity;
import dev.tributary.operator.flink.FlinkDeployment;
import dev.tributary.operator.flink.FlinkDeployment.ConfigMapVolume;
import dev.tributary.operator.flink.FlinkDeployment.Container;
import dev.tributary.operator.flink.FlinkDeployment.ContainerPort;
import dev.tributary.operator.flink.FlinkDeployment.EnvVar;
import dev.tributary.operator.flink.FlinkDeployment.EnvVarSource;
import dev.tributary.operator.flink.FlinkDeployment.Job;
import dev.tributary.operator.flink.FlinkDeployment.PodMetadata;
import dev.tributary.operator.flink.FlinkDeployment.PodSpec;
import dev.tributary.operator.flink.FlinkDeployment.PodTemplate;
import dev.tributary.operator.flink.FlinkDeployment.Resource;
import dev.tributary.operator.flink.FlinkDeployment.Role;
import dev.tributary.operator.flink.FlinkDeployment.SecretKeyRef;
import dev.tributary.operator.flink.FlinkDeployment.Volume;
import dev.tributary.operator.flink.FlinkDeployment.VolumeMount;
import dev.tributary.operator.kubernetes.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The streaming job and what it is told.
 *
 * @param jobSpec the ConfigMap, named by the hash of its content: a changed spec is a new ConfigMap, and so a new job
 * @param deployment the FlinkDeployment
 */
record JobPlan(ConfigMap jobSpec, FlinkDeployment deployment) {

    private static final String MOUNT_PATH = "/opt/tributary";
    private static final String FILE = "job-spec.json";
    private static final String JAR = "local:///opt/flink/usrlib/tributary-flink-job.jar";
    /** What Flink's documentation uses for its Prometheus reporter. */
    private static final int METRICS_PORT = 9249;

    private static final String ENTRY_CLASS = "dev.tributary.job.Main";

    static JobPlan of(PlanInput input, List<PlannedTable> tables) {
        Identity identity = input.identity();
        PipelineClassSpec pipelineClass = input.references().pipelineClass();
        Map<String, String> labels = Labels.of(identity.tenant(), identity.namespace(), identity.name());
        String json = JobSpecJson.write(jobSpec(input, tables));
        ConfigMap configMap = new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(pipelineClass.flink().namespace())
                .withName(identity.resourceName() + "-job-" + JobSpecJson.hash(json))
                .withLabels(labels)
                .endMetadata()
                .withImmutable(true)
                .withData(Map.of(FILE, json))
                .build();
        FlinkDeployment deployment = new FlinkDeployment();
        deployment.setMetadata(new ObjectMetaBuilder()
                .withNamespace(pipelineClass.flink().namespace())
                .withName(identity.resourceName())
                .withLabels(labels)
                .build());
        deployment.setSpec(deployment(input, configMap.getMetadata().getName()));
        return new JobPlan(configMap, deployment);
    }

    private static JobSpec jobSpec(PlanInput input, List<PlannedTable> tables) {
        Identity identity = input.identity();
        return new JobSpec(
                JobSpec.FORMAT_VERSION,
                identity.tenant(),
                identity.name(),
                input.claimed().epoch().number(),
                new JobSpec.Kafka(input.references().bootstrapServers(), identity.consumerGroup()),
                new JobSpec.ClickHouse(
                        input.references().pipelineClass().clickhouse().url(),
                        identity.database(),
                        identity.jobDatabase()),
                input.claimed().placeholder(),
                Math.toIntExact(tier(input).flush().toMillis()),
                policies(input.spec()),
                Math.toIntExact(Durations.parse(input.spec().wantedLateAfter()).toSeconds()),
                tables.stream()
                        .map(t -> new JobSpec.Table(
                                t.info().id().schema(),
                                t.info().id().name(),
                                t.topic(),
                                t.target(),
                                t.columns(),
                                t.info().key(),
                                input.claimed().epoch().startOffsets().getOrDefault(t.topic(), List.of())))
                        .toList());
    }

    private static JobSpec.Policies policies(TenantPipelineSpec spec) {
        return new JobSpec.Policies(
                switch (spec.wantedOnTruncate()) {
                    case Stop -> OnTruncate.STOP;
                    case Apply -> OnTruncate.APPLY;
                },
                switch (spec.wantedOnBadRecord()) {
                    case Stop -> OnBadRecord.STOP;
                    case StopTable -> OnBadRecord.STOP_TABLE;
                    case Quarantine -> OnBadRecord.QUARANTINE;
                });
    }

    private static LatencyTier tier(PlanInput input) {
        return LatencyTier.of(input.spec().wantedLatency());
    }

    private static FlinkDeployment.Spec deployment(PlanInput input, String configMapName) {
        PipelineClassSpec.Flink flink = input.references().pipelineClass().flink();
        int partitions = input.references().pipelineClass().kafka().topics().partitions();
        return new FlinkDeployment.Spec(
                flink.image(),
                flink.version(),
                flink.serviceAccount(),
                configuration(input, flink, partitions),
                JobLog.configuration(input.identity()),
                podTemplate(input, configMapName),
                role(flink.jobManager(), 1),
                role(flink.taskManager(), null),
                new Job(
                        JAR,
                        ENTRY_CLASS,
                        List.of("--job-spec", MOUNT_PATH + "/" + FILE),
                        partitions,
                        "last-state",
                        "running"));
    }

    /** One folder for each epoch: a new epoch must not find an old one's checkpoints. */
    private static Map<String, String> configuration(PlanInput input, PipelineClassSpec.Flink flink, int partitions) {
        String folder = flink.stateStorage() + (flink.stateStorage().endsWith("/") ? "" : "/")
                + input.identity().resourceName() + "/epoch-"
                + input.claimed().epoch().number();
        Map<String, String> configuration = new TreeMap<>();
        configuration.put(
                "execution.checkpointing.interval",
                tier(input)
                                .checkpointInterval(Durations.parse(flink.checkpointInterval()))
                                .toMillis() + " ms");
        configuration.put("execution.checkpointing.dir", folder + "/checkpoints");
        configuration.put("execution.checkpointing.savepoint-dir", folder + "/savepoints");
        configuration.put("execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
        // While ClickHouse is away a checkpoint cannot complete; that is back-pressure and no reason to restart the
        // job.
        configuration.put("execution.checkpointing.tolerable-failed-checkpoints", "1000000");
        configuration.put("high-availability.type", "kubernetes");
        configuration.put("high-availability.storageDir", folder + "/ha");
        // Its jar is in Flink's image; the two variables become labels of every metric.
        configuration.put("metrics.reporters", "prom");
        configuration.put(
                "metrics.reporter.prom.factory.class", "org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
        configuration.put("metrics.reporter.prom.port", Integer.toString(METRICS_PORT));
        configuration.put(
                "metrics.reporter.prom.scope.variables.additional",
                "tenant:" + input.identity().tenant() + ",pipeline:"
                        + input.identity().name());
        configuration.put("pipeline.object-reuse", "true");
        configuration.put("restart-strategy.type", "exponential-delay");
        configuration.put("restart-strategy.exponential-delay.initial-backoff", "1 s");
        configuration.put("restart-strategy.exponential-delay.max-backoff", "30 s");
        // The job keeps no state in managed memory; its batches live on the heap.
        configuration.put("taskmanager.memory.managed.size", "0");
        configuration.put("taskmanager.numberOfTaskSlots", Integer.toString(partitions));
        return configuration;
    }

    private static PodTemplate podTemplate(PlanInput input, String configMapName) {
        Identity identity = input.identity();
        String secretName = input.references().clickhouseCopy().name();
        PodSpec spec = new PodSpec(
                List.of(new Container(
                        "flink-main-container",
                        List.of(new ContainerPort("metrics", METRICS_PORT)),
                        List.of(
                                fromSecret("CLICKHOUSE_USER", secretName, "username"),
                                fromSecret("CLICKHOUSE_PASSWORD", secretName, "password")),
                        List.of(new VolumeMount("job-spec", MOUNT_PATH)))),
                List.of(new Volume("job-spec", new ConfigMapVolume(configMapName))));
        return new PodTemplate(
                new PodMetadata(Labels.of(identity.tenant(), identity.namespace(), identity.name())), spec);
    }

    private static EnvVar fromSecret(String variable, String secretName, String key) {
        return new EnvVar(variable, new EnvVarSource(new SecretKeyRef(secretName, key)));
    }

    private static Role role(PipelineClassSpec.Resources resources, @Nullable Integer replicas) {
        return new Role(new Resource(Double.valueOf(resources.cpu()), resources.memory()), replicas);
    }
}
