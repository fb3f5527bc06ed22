package dev.tributary.operator.apply;

import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.StageResult;
import dev.tributary.operator.flink.FlinkDeployment;
import dev.tributary.operator.kafka.ConnectTrace;
import dev.tributary.operator.kafka.KafkaConnector;
import dev.tributary.operator.kafka.Strimzi.Verdict;
import dev.tributary.operator.kubernetes.Children;
import dev.tributary.operator.observe.Observed;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Stops what runs, and takes nothing down. */
@ApplicationScoped
public class Halt {

    private final Children children;

    Halt(Children children) {
        this.children = children;
    }

    /** Stops the connector, if there is one; says so as long as it has not stopped. */
    public Optional<StageResult> capture(Observed observed) {
        return observed.connectors().stream()
                .map(this::stop)
                .flatMap(Optional::stream)
                .reduce((first, later) -> first);
    }

    Optional<StageResult> stop(KafkaConnector connector) {
        if (!"stopped".equals(connector.getSpec().state())) {
            children.patch(connector, c -> c.setSpec(c.getSpec().in("stopped")));
        }
        return connector.hasStopped()
                ? Optional.empty()
                : Optional.of(
                        new StageResult.InProgress(Reason.Pausing, "the connector is being stopped" + why(connector)));
    }

    /** What keeps it from being stopped; that its tasks have failed does not. */
    private static String why(KafkaConnector connector) {
        return connector.verdict() instanceof Verdict.NotReady notReady
                        && (notReady.turnedDown() || notReady.connectIsAway())
                ? "; Strimzi cannot yet: " + ConnectTrace.cause(notReady.message())
                : "";
    }

    /** Suspends the job with a savepoint, if there is one; says so as long as it runs. */
    public Optional<StageResult> job(Observed observed) {
        return observed.deployment().flatMap(this::suspend);
    }

    private Optional<StageResult> suspend(FlinkDeployment deployment) {
        if (!deployment.getSpec().isSuspended()) {
            children.patch(deployment, d -> d.setSpec(d.getSpec().suspended()));
        }
        return deployment.isSuspended()
                ? Optional.empty()
                : Optional.of(new StageResult.InProgress(Reason.Pausing, "the Flink job is being suspended"));
    }
}
