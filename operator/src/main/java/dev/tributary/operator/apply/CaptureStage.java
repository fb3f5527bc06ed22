package dev.tributary.operator.apply;

import dev.tributary.operator.claim.Claims;
import dev.tributary.operator.claim.Epoch;
import dev.tributary.operator.condition.ConditionType;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.StageResult;
import dev.tributary.operator.kafka.KafkaConnector;
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
        Optional<KafkaConnector> observed =
                pass.observed().connector(wanted.getMetadata().getName());
        List<KafkaConnector> others = others(pass, wanted);
        if (!others.isEmpty()) {
            others.forEach(children::delete);
            return starting("; that of an older epoch is being deleted");
        }
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
        return pass.observed()
                .connector(pass.plan().connector().getMetadata().getName())
                .map(connector -> verdict(pass, connector));
    }

    /** One of an older epoch, which the cache showed only after the new epoch had begun: it would hold the slot. */
    private static List<KafkaConnector> others(Pass pass, KafkaConnector wanted) {
        return pass.observed().connectors().stream()
                .filter(c ->
                        !c.getMetadata().getName().equals(wanted.getMetadata().getName()))
                .toList();
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
        claims.begin(pass.plan().identity(), capture.server(), capture.place(), capture.tables(), capture.keys());
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
        PipelinePlan.Capture capture = pass.plan().capture();
        boolean complete = pass.claimed().epoch().complete();
        CaptureLook look = engine.captureState(pass.references().source(), capture.names(), captured(pass));
        if (complete && look instanceof CaptureLook.Seen seen) {
            Optional<StageResult> lost = losses.in(pass, seen);
            if (lost.isPresent()) {
                return lost.get();
            }
        }
        Optional<StageResult> failed = ConnectorFailure.of(pass, connector);
        if (failed.isPresent()) {
            return failed.get();
        }
        if (!(connector.verdict() instanceof Verdict.Ready) || !connector.isRunning()) {
            return starting(openTransactions(look));
        }
        // Debezium begins to stream when its snapshot is complete, and a connector that restarts does not read again.
        return complete || look instanceof CaptureLook.Seen seen && seen.streaming()
                ? new StageResult.Ready(Reason.Streaming, connector.describe() + " streams changes")
                : new StageResult.Ready(
                        Reason.Snapshotting,
                        connector.describe() + " reads the listed tables" + openTransactions(look));
    }

    /** A table that was just added may not be published yet. */
    private static List<TableId> captured(Pass pass) {
        List<String> begun = pass.claimed().epoch().tables();
        return pass.plan().capture().tables().stream()
                .filter(t -> begun.contains(t.toString()))
                .toList();
    }
}
