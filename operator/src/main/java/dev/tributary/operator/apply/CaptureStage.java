package dev.tributary.operator.apply;

import dev.tributary.operator.condition.ConditionType;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.StageResult;
import dev.tributary.operator.kafka.ConnectTrace;
import dev.tributary.operator.kafka.KafkaConnector;
import dev.tributary.operator.kafka.KafkaConnector.ConnectorStatus;
import dev.tributary.operator.kafka.Strimzi.Verdict;
import dev.tributary.operator.kubernetes.Children;
import dev.tributary.operator.kubernetes.Children.Written;
import dev.tributary.operator.plan.PipelinePlan;
import dev.tributary.operator.report.Conditions;
import dev.tributary.operator.source.CaptureLook;
import dev.tributary.operator.source.PublicationOutcome;
import dev.tributary.operator.source.SourceEngine;
import io.fabric8.kubernetes.api.model.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * The Debezium connector, and before it the publication: a slot made before its publication would miss changes. Debezium
 * makes the slot, in one step with its snapshot.
 */
@ApplicationScoped
public class CaptureStage implements Stage {

    private final Children children;
    private final SourceEngine engine;

    CaptureStage(Children children, SourceEngine engine) {
        this.children = children;
        this.engine = engine;
    }

    @Override
    public ConditionType condition() {
        return ConditionType.CaptureReady;
    }

    @Override
    public StageResult apply(Pass pass) {
        KafkaConnector wanted = pass.plan().connector();
        Optional<KafkaConnector> observed = pass.observed().connector();
        if (observed.isEmpty() || !observed.get().getSpec().equals(wanted.getSpec())) {
            Optional<StageResult> blocked = prepare(pass, wanted);
            if (blocked.isPresent()) {
                return blocked.get();
            }
        }
        return switch (children.write(observed, wanted, KafkaConnector::getSpec)) {
            case Written.NotOwned<KafkaConnector> n ->
                new StageResult.Blocked(
                        Reason.ConnectorNotOwned,
                        n.description() + " belongs to somebody else: delete it, or rename the pipeline");
            case Written.Changed<KafkaConnector> c -> starting();
            case Written.Unchanged<KafkaConnector> u -> verdict(pass, u.child());
        };
    }

    @Override
    public Optional<StageResult> look(Pass pass) {
        return pass.observed().connector().map(connector -> verdict(pass, connector));
    }

    /** The copy of the credentials comes first: teardown takes it as the sign that something may be at the source. */
    private Optional<StageResult> prepare(Pass pass, KafkaConnector wanted) {
        Written<Secret> copy = children.write(
                Optional.empty(),
                pass.references().sourceCopy().secret(wanted.getMetadata().getLabels()),
                Secret::getData);
        if (copy instanceof Written.NotOwned<Secret> n) {
            return Optional.of(new StageResult.Blocked(
                    Reason.ConnectorNotOwned, n.description() + " belongs to somebody else: delete it"));
        }
        PipelinePlan.Capture capture = pass.plan().capture();
        return switch (engine.ensurePublication(pass.references().source(), capture.names(), capture.tables())) {
            case PublicationOutcome.Refused r ->
                Optional.of(new StageResult.Blocked(
                        Reason.valueOf(r.finding().reason().name()), r.finding().message()));
            case PublicationOutcome.Created c -> Optional.empty();
            case PublicationOutcome.Changed c -> Optional.empty();
            case PublicationOutcome.Unchanged u -> Optional.empty();
        };
    }

    private static StageResult starting() {
        return new StageResult.InProgress(Reason.ConnectorStarting, "the Debezium connector is starting");
    }

    private StageResult verdict(Pass pass, KafkaConnector connector) {
        String name = "KafkaConnector " + connector.getMetadata().getNamespace() + "/"
                + connector.getMetadata().getName();
        Optional<StageResult> failed = failure(name, connector);
        if (failed.isPresent()) {
            return failed.get();
        }
        if (!(connector.verdict() instanceof Verdict.Ready) || !running(connector)) {
            return starting();
        }
        if (snapshotComplete(pass)) {
            pass.findings()
                    .add(
                            ConditionType.SnapshotComplete,
                            new StageResult.Ready(
                                    Reason.Streaming, "every listed table was read; changes are streamed"));
            return new StageResult.Ready(Reason.Streaming, name + " streams changes");
        }
        pass.findings()
                .add(
                        ConditionType.SnapshotComplete,
                        new StageResult.InProgress(Reason.Snapshotting, "the listed tables are being read"));
        return new StageResult.Ready(Reason.Snapshotting, name + " reads the listed tables");
    }

    private static Optional<StageResult> failure(String name, KafkaConnector connector) {
        ConnectorStatus status =
                connector.getStatus() == null ? null : connector.getStatus().connectorStatus();
        if (status != null && status.tasks() != null) {
            for (KafkaConnector.State task : status.tasks()) {
                if ("FAILED".equals(task.state())) {
                    return Optional.of(failed(name + ": its task failed: " + ConnectTrace.cause(task.trace())));
                }
            }
        }
        if (status != null
                && status.connector() != null
                && "FAILED".equals(status.connector().state())) {
            return Optional.of(failed(
                    name + " failed: " + ConnectTrace.cause(status.connector().trace())));
        }
        return connector.verdict() instanceof Verdict.NotReady notReady
                ? Optional.of(failed(
                        name + " is not ready: " + notReady.reason() + ": " + ConnectTrace.cause(notReady.message())))
                : Optional.empty();
    }

    private static StageResult failed(String message) {
        return new StageResult.InProgress(Reason.ConnectorFailed, message);
    }

    private static boolean running(KafkaConnector connector) {
        ConnectorStatus status =
                connector.getStatus() == null ? null : connector.getStatus().connectorStatus();
        if (status == null || status.connector() == null || status.tasks() == null) {
            return false;
        }
        List<KafkaConnector.State> tasks = status.tasks();
        return "RUNNING".equals(status.connector().state())
                && !tasks.isEmpty()
                && tasks.stream().allMatch(t -> "RUNNING".equals(t.state()));
    }

    /**
     * Debezium starts to read its slot only when its snapshot is complete, so an active slot says so. Once seen it stays
     * true for the epoch: a connector that restarts does not read the tables again.
     */
    private boolean snapshotComplete(Pass pass) {
        if (Conditions.isTrue(pass.pipeline(), ConditionType.SnapshotComplete)) {
            return true;
        }
        PipelinePlan.Capture capture = pass.plan().capture();
        return engine.captureState(pass.references().source(), capture.names()) instanceof CaptureLook.Seen seen
                && seen.streaming();
    }
}
