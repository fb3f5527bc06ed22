package dev.tributary.operator.flink;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Flink Kubernetes Operator's FlinkDeployment: only what is written and read here. The classes of its own API jar have
 * closed enums, so that one deployment of a newer Flink version stops an informer; these read whatever is there.
 */
@Group("flink.apache.org")
@Version("v1beta1")
public class FlinkDeployment extends CustomResource<FlinkDeployment.Spec, FlinkDeployment.Status>
        implements Namespaced {

    private static final String SUSPENDED = "suspended";

    /** Whether the job stands still, as it was told last. */
    @JsonIgnore
    public boolean isSuspended() {
        return getSpec().isSuspended()
                && getStatus() != null
                && getMetadata().getGeneration().equals(getStatus().observedGeneration())
                && "SUSPENDED".equals(getStatus().lifecycleState());
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Spec(
            @Nullable String image,
            @Nullable String flinkVersion,
            @Nullable String serviceAccount,
            @Nullable Map<String, String> flinkConfiguration,
            @Nullable Map<String, String> logConfiguration,
            @Nullable PodTemplate podTemplate,
            @Nullable Role jobManager,
            @Nullable Role taskManager,
            @Nullable Job job) {

        /** Whether the job is to stand still. */
        @JsonIgnore
        public boolean isSuspended() {
            return job != null && SUSPENDED.equals(job.state());
        }

        /** The same with its job suspended at a savepoint. */
        public Spec suspended() {
            return new Spec(
                    image,
                    flinkVersion,
                    serviceAccount,
                    flinkConfiguration,
                    logConfiguration,
                    podTemplate,
                    jobManager,
                    taskManager,
                    job == null ? null : job.suspended());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record PodTemplate(
            @Nullable PodMetadata metadata, @Nullable PodSpec spec) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record PodMetadata(@Nullable Map<String, String> labels) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record PodSpec(
            @Nullable List<Container> containers, @Nullable List<Volume> volumes) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Container(
            @Nullable String name,
            @Nullable List<ContainerPort> ports,
            @Nullable List<EnvVar> env,
            @Nullable List<VolumeMount> volumeMounts) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ContainerPort(
            @Nullable String name, @Nullable Integer containerPort) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record EnvVar(@Nullable String name, @Nullable EnvVarSource valueFrom) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record EnvVarSource(@Nullable SecretKeyRef secretKeyRef) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record SecretKeyRef(
            @Nullable String name, @Nullable String key) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record VolumeMount(
            @Nullable String name, @Nullable String mountPath) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Volume(@Nullable String name, @Nullable ConfigMapVolume configMap) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ConfigMapVolume(@Nullable String name) {}

    /** The spec of a JobManager or of the TaskManagers. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Role(
            @Nullable Resource resource, @Nullable Integer replicas) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Resource(@Nullable Double cpu, @Nullable String memory) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Job(
            @Nullable String jarURI,
            @Nullable String entryClass,
            @Nullable List<String> args,
            @Nullable Integer parallelism,
            @Nullable String upgradeMode,
            @Nullable String state) {

        Job suspended() {
            return new Job(jarURI, entryClass, args, parallelism, "savepoint", SUSPENDED);
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Status(
            @Nullable Long observedGeneration,
            @Nullable String lifecycleState,
            @Nullable String jobManagerDeploymentStatus,
            @Nullable String error,
            @Nullable JobStatus jobStatus) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record JobStatus(@Nullable String state) {}
}
