package dev.tributary.operator.apply;

import dev.tributary.operator.OperatorConfig;
import dev.tributary.operator.claim.Identity;
import dev.tributary.operator.condition.ConditionType;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.StageResult;
import dev.tributary.operator.flink.FlinkDeployment;
import dev.tributary.operator.kafka.KafkaConnector;
import dev.tributary.operator.kafka.Strimzi;
import dev.tributary.operator.kubernetes.Children;
import dev.tributary.operator.kubernetes.Labels;
import dev.tributary.operator.observe.Observed;
import dev.tributary.operator.source.CaptureNames;
import dev.tributary.operator.source.ConnectionSettings;
import dev.tributary.operator.source.DropOutcome;
import dev.tributary.operator.source.ServerIdentity;
import dev.tributary.operator.source.SourceEngine;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    private final OperatorConfig config;

    EngineTeardown(Children children, Halt halt, SourceEngine engine, OperatorConfig config) {
        this.children = children;
        this.halt = halt;
        this.engine = engine;
        this.config = config;
    }

    /** How far it is. */
    public sealed interface Progress {}

    /** A step that is under way, or that something stands in the way of, and the condition that tells of it. */
    public record Step(ConditionType condition, StageResult result) implements Progress {
        boolean isAtSource() {
            return condition == ConditionType.SourceReady;
        }

        static Step deleting(ConditionType condition, String message) {
            return new Step(condition, new StageResult.Blocked(Reason.Deleting, message));
        }
    }

    /**
     * Nothing is left to do.
     *
     * @param answered the server that has neither slot nor publication now; empty when none was asked
     */
    public record Done(Optional<ServerIdentity> answered) implements Progress {}

    /**
     * Does the next step.
     *
     * @param names what slot and publication are called
     * @param source how to reach them; empty when nothing was made there
     * @param overdue whether an engine is not waited for any more
     */
    public Progress next(
            Identity identity,
            CaptureNames names,
            Optional<ConnectionSettings> source,
            Observed observed,
            boolean overdue) {
        Optional<KafkaConnector> connector = connectors(identity, observed).stream()
                .filter(c -> !(overdue && c.isMarkedForDeletion()))
                .findFirst();
        if (connector.isPresent()) {
            return Step.deleting(ConditionType.CaptureReady, capture(connector.get(), overdue));
        }
        Optional<FlinkDeployment> deployment = deployments(identity, observed).stream()
                .filter(d -> !(overdue && d.isMarkedForDeletion()))
                .findFirst();
        if (deployment.isPresent()) {
            children.delete(deployment.get());
            return Step.deleting(ConditionType.ProcessingReady, "the Flink job is being stopped");
        }
        return source.map(settings -> drop(names, settings)).orElse(new Done(Optional.empty()));
    }

    /** A cache may show a connector late, and one that is overlooked makes the slot again. */
    private List<KafkaConnector> connectors(Identity identity, Observed observed) {
        return observed.connectors().isEmpty()
                ? children.list(KafkaConnector.class, config.kafkaNamespaces(), labels(identity))
                : observed.connectors();
    }

    private List<FlinkDeployment> deployments(Identity identity, Observed observed) {
        return observed.deployment()
                .map(List::of)
                .orElseGet(() -> children.list(FlinkDeployment.class, config.flinkNamespaces(), labels(identity)));
    }

    private static Map<String, String> labels(Identity identity) {
        return Labels.of(identity.tenant(), identity.namespace(), identity.name());
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

    private Progress drop(CaptureNames names, ConnectionSettings settings) {
        return switch (engine.dropCapture(settings, names)) {
            case DropOutcome.Gone gone -> new Done(Optional.ofNullable(gone.server()));
            case DropOutcome.StillActive s -> Step.deleting(ConditionType.SourceReady, s.message());
            case DropOutcome.Refused r ->
                new Step(
                        ConditionType.SourceReady,
                        new StageResult.Blocked(
                                Reason.valueOf(r.finding().reason().name()),
                                "slot and publication " + names.slot() + " at " + settings.address()
                                        + " cannot be dropped: " + r.finding().message()));
        };
    }
}
