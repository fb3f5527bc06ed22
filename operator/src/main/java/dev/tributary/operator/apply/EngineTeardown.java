package dev.tributary.operator.apply;

import dev.tributary.operator.condition.ConditionType;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.StageResult;
import dev.tributary.operator.flink.FlinkDeployment;
import dev.tributary.operator.kafka.KafkaConnector;
import dev.tributary.operator.kafka.Strimzi;
import dev.tributary.operator.kubernetes.Children;
import dev.tributary.operator.observe.Observed;
import dev.tributary.operator.observe.SourceProbe;
import dev.tributary.operator.source.CaptureNames;
import dev.tributary.operator.source.ConnectionSettings;
import dev.tributary.operator.source.DropOutcome;
import dev.tributary.operator.source.SourceEngine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes down what runs: connector, offsets, job, slot and publication, one after the other. Offsets go before the slot: a
 * connector that came back to old offsets over a new slot would have a silent gap. Each step can be done again; only what
 * is labelled as this pipeline's is touched.
 */
@ApplicationScoped
public class EngineTeardown {

    /** Set together with Strimzi's annotation, which Strimzi removes when it is done: this one tells that it was there. */
    private static final String OFFSETS_RESET = "tributary.dev/offsets-reset";

    private final Children children;
    private final Halt halt;
    private final SourceEngine engine;
    private final Clock clock;
    private final Map<CaptureNames, RefusedLogin> refused = new ConcurrentHashMap<>();

    private record RefusedLogin(ConnectionSettings settings, Step step, int times, Instant notBefore) {}

    EngineTeardown(Children children, Halt halt, SourceEngine engine, Clock clock) {
        this.clock = clock;
        this.children = children;
        this.halt = halt;
        this.engine = engine;
    }

    /** A step that is under way, or that something stands in the way of, and the condition that tells of it. */
    public record Step(ConditionType condition, StageResult result) {
        boolean isRefusedBySource() {
            return condition == ConditionType.SourceReady && result.reason() != Reason.Deleting;
        }

        static Step deleting(ConditionType condition, String message) {
            return new Step(condition, new StageResult.Blocked(Reason.Deleting, message));
        }
    }

    /**
     * Does the next step; empty when nothing is left to do.
     *
     * @param names what slot and publication are called
     * @param source how to reach them; empty when nothing was made there
     * @param overdue whether an engine is not waited for any more
     */
    public Optional<Step> next(
            CaptureNames names, Optional<ConnectionSettings> source, Observed observed, boolean overdue) {
        Optional<KafkaConnector> connector = observed.connector().filter(c -> !(overdue && c.isMarkedForDeletion()));
        if (connector.isPresent()) {
            return Optional.of(Step.deleting(ConditionType.CaptureReady, capture(connector.get(), overdue)));
        }
        Optional<FlinkDeployment> deployment = observed.deployment().filter(d -> !(overdue && d.isMarkedForDeletion()));
        if (deployment.isPresent()) {
            children.delete(deployment.get());
            return Optional.of(Step.deleting(ConditionType.ProcessingReady, "the Flink job is being stopped"));
        }
        return source.flatMap(settings -> source(names, settings));
    }

    private String capture(KafkaConnector connector, boolean overdue) {
        if (connector.isMarkedForDeletion()) {
            return "the connector is being deleted";
        }
        if (overdue || connector.isTurnedDown()) {
            // If Connect has offsets of it they stay: whatever comes back has a connector of another name.
            children.delete(connector);
            return "the connector is being deleted";
        }
        Optional<StageResult> stopping = halt.stop(connector);
        if (stopping.isPresent()) {
            return stopping.get().message();
        }
        Map<String, String> annotations =
                Optional.ofNullable(connector.getMetadata().getAnnotations()).orElse(Map.of());
        if (annotations.get(OFFSETS_RESET) == null) {
            children.annotate(connector, Map.of(Strimzi.CONNECTOR_OFFSETS_ANNOTATION, "reset", OFFSETS_RESET, "true"));
            return "the connector's offsets are being removed";
        }
        if (annotations.get(Strimzi.CONNECTOR_OFFSETS_ANNOTATION) != null) {
            return "the connector's offsets are being removed";
        }
        children.delete(connector);
        return "the connector is being deleted";
    }

    /** A refused login is not tried more often than by a look at the source: no account shall be locked. */
    private Optional<Step> source(CaptureNames names, ConnectionSettings settings) {
        Optional<RefusedLogin> last = Optional.ofNullable(refused.get(names))
                .filter(login -> login.settings().equals(settings));
        if (last.filter(login -> clock.instant().isBefore(login.notBefore())).isPresent()) {
            return last.map(RefusedLogin::step);
        }
        Optional<Step> step = drop(names, settings);
        if (step.isPresent() && step.get().result().reason() == Reason.AuthenticationFailed) {
            int times = last.map(login -> login.times() + 1).orElse(0);
            refused.put(
                    names,
                    new RefusedLogin(
                            settings, step.get(), times, clock.instant().plus(SourceProbe.loginDelay(times))));
        } else {
            refused.remove(names);
        }
        return step;
    }

    private Optional<Step> drop(CaptureNames names, ConnectionSettings settings) {
        return switch (engine.dropCapture(settings, names)) {
            case DropOutcome.Gone g -> Optional.empty();
            case DropOutcome.StillActive s -> Optional.of(Step.deleting(ConditionType.SourceReady, s.message()));
            case DropOutcome.Refused r ->
                Optional.of(new Step(
                        ConditionType.SourceReady,
                        new StageResult.Blocked(
                                Reason.valueOf(r.finding().reason().name()),
                                "slot and publication " + names.slot() + " cannot be dropped: "
                                        + r.finding().message())));
        };
    }
}
