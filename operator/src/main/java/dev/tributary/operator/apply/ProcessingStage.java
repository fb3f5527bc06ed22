package dev.tributary.operator.apply;

import dev.tributary.operator.condition.ConditionType;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.StageResult;
import dev.tributary.operator.flink.FlinkDeployment;
import dev.tributary.operator.flink.FlinkError;
import dev.tributary.operator.kubernetes.Children;
import dev.tributary.operator.kubernetes.Children.Written;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;

/** The Flink job: its spec, its credentials, its FlinkDeployment. */
@ApplicationScoped
public class ProcessingStage implements Stage {

    private final Children children;

    ProcessingStage(Children children) {
        this.children = children;
    }

    @Override
    public ConditionType condition() {
        return ConditionType.ProcessingReady;
    }

    @Override
    public StageResult apply(Pass pass) {
        FlinkDeployment wanted = pass.plan().deployment();
        Map<String, String> labels = wanted.getMetadata().getLabels();
        Optional<FlinkDeployment> observed = pass.observed().deployment();
        if (observed.isEmpty() || !observed.get().getSpec().equals(wanted.getSpec())) {
            // Immutable and named by their content: there is nothing to compare once the deployment refers to them.
            Written<Secret> secret = children.write(
                    Optional.empty(), pass.references().clickhouseCopy().secret(labels), Secret::getData);
            Written<ConfigMap> jobSpec =
                    children.write(Optional.empty(), pass.plan().jobSpec(), ConfigMap::getData);
            if (secret instanceof Written.NotOwned<Secret> n) {
                return notOwned(n.description());
            }
            if (jobSpec instanceof Written.NotOwned<ConfigMap> n) {
                return notOwned(n.description());
            }
        }
        return switch (children.write(observed, wanted, FlinkDeployment::getSpec)) {
            case Written.NotOwned<FlinkDeployment> n -> notOwned(n.description());
            case Written.Changed<FlinkDeployment> c -> starting();
            case Written.Unchanged<FlinkDeployment> u -> verdict(u.child());
        };
    }

    @Override
    public Optional<StageResult> look(Pass pass) {
        return pass.observed().deployment().map(ProcessingStage::verdict);
    }

    private static StageResult notOwned(String description) {
        return new StageResult.Blocked(
                Reason.JobNotOwned, description + " belongs to somebody else: delete it, or rename the pipeline");
    }

    private static StageResult starting() {
        return new StageResult.Started(Reason.JobStarting, "the Flink job is starting");
    }

    private static StageResult verdict(FlinkDeployment deployment) {
        String name = "FlinkDeployment " + deployment.getMetadata().getNamespace() + "/"
                + deployment.getMetadata().getName();
        FlinkDeployment.Status status = deployment.getStatus();
        // A spec that the Flink operator refuses is told by an error alone: the observed generation stays behind.
        if (status != null && status.error() != null && !status.error().isBlank()) {
            if (FlinkError.recordsExpired(status.error())) {
                return new StageResult.Lost(Reason.OffsetsExpired, name + ": " + FlinkError.firstLine(status.error()));
            }
            // Capture goes on: Kafka keeps the changes until the job is mended.
            return new StageResult.Started(Reason.JobFailed, name + ": " + FlinkError.firstLine(status.error()));
        }
        if (status == null || !deployment.getMetadata().getGeneration().equals(status.observedGeneration())) {
            return starting();
        }
        String state = status.jobStatus() == null ? null : status.jobStatus().state();
        return "RUNNING".equals(state) ? new StageResult.Ready(Reason.JobRunning, name + " runs") : starting();
    }
}
