package dev.tributary.operator.apply;

import dev.tributary.operator.claim.Claims;
import dev.tributary.operator.claim.Epoch;
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
import dev.tributary.operator.source.CaptureLook;
import dev.tributary.operator.source.PublicationOutcome;
import dev.tributary.operator.source.SourceEngine;
import dev.tributary.operator.source.TableId;
import io.fabric8.kubernetes.api.model.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Debezium connector, and before it the publication: a slot made before its publication would miss changes. Debezium
 * makes the slot, in one step with its snapshot.
 */
@ApplicationScoped
public class CaptureStage implements Stage {

    private static final String PUBLICATION = "publication.name";

    /** Snapshots that may break off in a row: what always breaks would read the client's database for ever. */
    private static final int ATTEMPTS = 3;

    private final Children children;
    private final SourceEngine engine;
    private final Claims claims;
    private final CaptureLoss losses;

    CaptureStage(Children children, SourceEngine engine, Claims claims, CaptureLoss losses) {
        this.children = children;
        this.engine = engine;
        this.claims = claims;
        this.losses = losses;
    }

    @Override
    public ConditionType condition() {
        return ConditionType.CaptureReady;
    }

    @Override
    public StageResult apply(Pass pass) {
        KafkaConnector wanted = pass.plan().connector();
        Optional<KafkaConnector> observed = pass.observed().connector().filter(c -> c.getMetadata()
                .getName()
                .equals(wanted.getMetadata().getName()));
        Optional<StageResult> other = tableAdded(pass).or(() -> observed.flatMap(o -> otherPublication(pass, o)));
        if (other.isPresent()) {
            return other.get();
        }
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
            case Written.Changed<KafkaConnector> c -> starting("");
            case Written.Unchanged<KafkaConnector> u -> verdict(pass, u.child());
        };
    }

    @Override
    public Optional<StageResult> look(Pass pass) {
        return pass.observed().connector().map(connector -> verdict(pass, connector));
    }

    /** Debezium's snapshot is over: it would stream a table added now, and never read the rows it has. */
    private static Optional<StageResult> tableAdded(Pass pass) {
        Epoch epoch = pass.claimed().epoch();
        return pass.plan().capture().tables().stream()
                .filter(table -> epoch.begun() && !epoch.reads(List.of(table)))
                .findFirst()
                .map(table -> new StageResult.Broken(
                        Reason.TableAdded, "table " + table + " was added, and all tables are read once more"));
    }

    /** A slot reads its publication as it was at each change: for another one, made later, changes would be skipped. */
    private static Optional<StageResult> otherPublication(Pass pass, KafkaConnector observed) {
        Object now = publication(observed);
        return now == null || now.equals(publication(pass.plan().connector()))
                ? Optional.empty()
                : Optional.of(new StageResult.Blocked(
                        Reason.PublicationChanged,
                        "the capture runs with publication " + now
                                + ", and another one would skip changes: set spec.source.postgresql.publication back, or"
                                + " have all tables read once more: "
                                + Renewal.command(pass.plan().identity(), pass.claimed())));
    }

    private static @Nullable Object publication(KafkaConnector connector) {
        Map<String, ?> config = connector.getSpec().config();
        return config == null ? null : config.get(PUBLICATION);
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
        if (pass.claimed().epoch().begun()) {
            // Before anything is put right: put right, what is lost could not be seen any more.
            Optional<StageResult> lost = lossNow(pass);
            if (lost.isPresent()) {
                return lost;
            }
        }
        PublicationOutcome outcome =
                engine.ensurePublication(pass.references().source(), capture.names(), capture.tables());
        if (outcome instanceof PublicationOutcome.Refused r) {
            return Optional.of(new StageResult.Blocked(
                    Reason.valueOf(r.finding().reason().name()), r.finding().message()));
        }
        // From now on a slot may be made, and it counts on which server.
        claims.begin(pass.plan().identity(), capture.server(), capture.place(), capture.tables());
        return Optional.empty();
    }

    private Optional<StageResult> lossNow(Pass pass) {
        PipelinePlan.Capture capture = pass.plan().capture();
        return switch (engine.captureState(pass.references().source(), capture.names(), captured(pass))) {
            case CaptureLook.Refused refused ->
                Optional.of(new StageResult.Blocked(
                        Reason.valueOf(refused.finding().reason().name()),
                        refused.finding().message()));
            case CaptureLook.Seen seen -> losses.in(pass, seen);
        };
    }

    private static StageResult starting(String detail) {
        return new StageResult.InProgress(Reason.ConnectorStarting, "the Debezium connector is starting" + detail);
    }

    /** A forgotten session can hold up the capture for hours, and only the source knows whose it is. */
    private static String openTransactions(CaptureLook look) {
        return look instanceof CaptureLook.Seen seen
                        && seen.slot() != null
                        && seen.slot().isBeingMade()
                ? "; PostgreSQL makes its replication slot, and waits for every transaction that was open then to end:"
                        + " SELECT pid, usename, xact_start FROM pg_stat_activity WHERE xact_start IS NOT NULL ORDER BY"
                        + " xact_start"
                : "";
    }

    private StageResult verdict(Pass pass, KafkaConnector connector) {
        String name = "KafkaConnector " + connector.getMetadata().getNamespace() + "/"
                + connector.getMetadata().getName();
        PipelinePlan.Capture capture = pass.plan().capture();
        boolean complete = pass.claimed().epoch().complete();
        CaptureLook look = engine.captureState(pass.references().source(), capture.names(), captured(pass));
        if (complete && look instanceof CaptureLook.Seen seen) {
            Optional<StageResult> lost = losses.in(pass, seen);
            if (lost.isPresent()) {
                return lost.get();
            }
        }
        Optional<StageResult> failed = failure(pass.claimed().epoch(), name, connector);
        if (failed.isPresent()) {
            return failed.get();
        }
        if (!(connector.verdict() instanceof Verdict.Ready) || !running(connector)) {
            return starting(openTransactions(look));
        }
        // Debezium begins to stream when its snapshot is complete, and a connector that restarts does not read again.
        return complete || look instanceof CaptureLook.Seen seen && seen.streaming()
                ? new StageResult.Ready(Reason.Streaming, name + " streams changes")
                : new StageResult.Ready(
                        Reason.Snapshotting, name + " reads the listed tables" + openTransactions(look));
    }

    /** A table that was just added may not be published yet. */
    private static List<TableId> captured(Pass pass) {
        List<String> begun = pass.claimed().epoch().tables();
        return pass.plan().capture().tables().stream()
                .filter(t -> begun.contains(t.toString()))
                .toList();
    }

    private static Optional<StageResult> failure(Epoch epoch, String name, KafkaConnector connector) {
        ConnectorStatus status =
                connector.getStatus() == null ? null : connector.getStatus().connectorStatus();
        if (status != null && status.tasks() != null) {
            for (KafkaConnector.State task : status.tasks()) {
                if ("FAILED".equals(task.state())) {
                    return Optional.of(failed(epoch, name + ": its task failed: ", task.trace()));
                }
            }
        }
        if (status != null
                && status.connector() != null
                && "FAILED".equals(status.connector().state())) {
            return Optional.of(
                    failed(epoch, name + " failed: ", status.connector().trace()));
        }
        if (!(connector.verdict() instanceof Verdict.NotReady notReady)) {
            return Optional.empty();
        }
        String why = notReady.reason() + ": ";
        return Optional.of(
                notReady.connectIsAway()
                        ? new StageResult.InProgress(
                                Reason.ConnectUnreachable,
                                "Kafka Connect does not answer for " + name + ": " + why
                                        + ConnectTrace.cause(notReady.message()))
                        : failed(epoch, name + " is not ready: " + why, notReady.message()));
    }

    private static StageResult failed(Epoch epoch, String what, @Nullable String trace) {
        String text = trace == null ? "" : trace;
        // The restart guard in Connect says by name what must not go on.
        if (text.contains("SnapshotInterrupted") && epoch.interrupted() >= ATTEMPTS) {
            return new StageResult.Blocked(
                    Reason.SnapshotFails,
                    "the listed tables were read " + (ATTEMPTS + 1) + " times and never to the end: see Kafka Connect's"
                            + " log for " + what + "then set annotation " + Renewal.ANNOTATION + "="
                            + (epoch.number() + 1));
        }
        if (text.contains("SnapshotInterrupted")) {
            return new StageResult.Broken(
                    Reason.SnapshotInterrupted, "the connector was interrupted while it read the listed tables");
        }
        // The guard's word, and Debezium's own with offset.mismatch.strategy=trust_offset.
        if (text.contains("PositionLost") || text.contains("no longer available on the server")) {
            return new StageResult.Lost(
                    Reason.PositionLost,
                    "the replication slot does not have the position any more at which the connector stopped: it was"
                            + " dropped, made again or moved");
        }
        return new StageResult.InProgress(Reason.ConnectorFailed, what + ConnectTrace.cause(trace));
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
}
