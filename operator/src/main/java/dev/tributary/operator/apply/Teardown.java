package dev.tributary.operator.apply;

import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.operator.claim.ClaimedPipeline;
import dev.tributary.operator.claim.Claims;
import dev.tributary.operator.claim.Identity;
import dev.tributary.operator.condition.ConditionType;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.StageResult;
import dev.tributary.operator.kafka.KafkaConnector;
import dev.tributary.operator.kafka.KafkaTopic;
import dev.tributary.operator.kafka.Strimzi;
import dev.tributary.operator.kafka.Strimzi.Verdict;
import dev.tributary.operator.kubernetes.Children;
import dev.tributary.operator.observe.Observed;
import dev.tributary.operator.observe.ReferenceResolver;
import dev.tributary.operator.plan.Planner;
import dev.tributary.operator.report.Findings;
import dev.tributary.operator.source.DropOutcome;
import dev.tributary.operator.source.SourceEngine;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;

/**
 * Takes a pipeline down: connector, offsets, job, slot and publication, one after the other; the topics and ClickHouse's
 * tables stay. Offsets go before the slot: a connector that came back to old offsets over a new slot would have a silent
 * gap. Each step can be done again; only what is labelled as this pipeline's is touched.
 */
@ApplicationScoped
public class Teardown {

    private static final String STOPPED = "STOPPED";

    /** Set together with Strimzi's annotation, which Strimzi removes when it is done: this one tells that it was there. */
    private static final String OFFSETS_RESET = "tributary.dev/offsets-reset";

    private final Children children;
    private final Copies copies;
    private final Claims claims;
    private final SourceEngine engine;

    Teardown(Children children, Copies copies, Claims claims, SourceEngine engine) {
        this.children = children;
        this.copies = copies;
        this.claims = claims;
        this.engine = engine;
    }

    /** How far it is. */
    public sealed interface Step {
        /** Nothing is left to do. */
        record Gone() implements Step {}

        /** A step is under way, or something stands in its way. */
        record Waiting(Findings findings) implements Step {}
    }

    /** Does the next step. */
    public Step next(TenantPipeline pipeline, Observed observed) {
        Identity identity = Identity.of(pipeline);
        Optional<ClaimedPipeline> claimed = claims.of(identity.tenant())
                .filter(c -> c.namespace().equals(identity.namespace()))
                .flatMap(c -> c.pipeline(identity.name()));
        if (claimed.isEmpty()) {
            // It never owned the tenant, so nothing was made for it.
            return new Step.Gone();
        }
        if (observed.connector().isPresent()) {
            return waiting(
                    ConditionType.CaptureReady,
                    Reason.Deleting,
                    capture(observed.connector().get()));
        }
        if (observed.deployment().isPresent()) {
            children.delete(observed.deployment().get());
            return waiting(ConditionType.ProcessingReady, Reason.Deleting, "the Flink job is being stopped");
        }
        Optional<Step> source = source(pipeline, identity);
        if (source.isPresent()) {
            return source.get();
        }
        if (!observed.topics().isEmpty()) {
            observed.topics().values().forEach(this::keepTopic);
            return waiting(
                    ConditionType.KafkaReady, Reason.Deleting, "the topics are being handed over: they are kept");
        }
        copies.deleteAll(identity);
        claims.release(identity);
        return new Step.Gone();
    }

    private String capture(KafkaConnector connector) {
        KafkaConnector.Status status = connector.getStatus();
        String state = status == null
                        || status.connectorStatus() == null
                        || status.connectorStatus().connector() == null
                ? null
                : status.connectorStatus().connector().state();
        if (connector.isMarkedForDeletion()) {
            return "the connector is being deleted";
        }
        if (!"stopped".equals(connector.getSpec().state())) {
            children.patch(connector, c -> c.setSpec(c.getSpec().in("stopped")));
            return "the connector is being stopped";
        }
        if (!STOPPED.equals(state)) {
            return "the connector is being stopped";
        }
        Map<String, String> annotations = connector.getMetadata().getAnnotations();
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

    private Optional<Step> source(TenantPipeline pipeline, Identity identity) {
        Optional<Map<String, String>> credentials = copies.source(identity);
        if (credentials.isEmpty()) {
            return Optional.empty();
        }
        DropOutcome outcome = engine.dropCapture(
                ReferenceResolver.connection(pipeline.getSpec().source().postgresql(), credentials.get()),
                Planner.captureNames(identity));
        return switch (outcome) {
            case DropOutcome.Gone g -> {
                copies.deleteSource(identity);
                yield Optional.empty();
            }
            case DropOutcome.StillActive s ->
                Optional.of(waiting(ConditionType.SourceReady, Reason.Deleting, s.message()));
            case DropOutcome.Refused r ->
                Optional.of(waiting(
                        ConditionType.SourceReady,
                        Reason.valueOf(r.finding().reason().name()),
                        "slot and publication " + identity.slot() + " cannot be dropped: "
                                + r.finding().message()));
        };
    }

    private void keepTopic(KafkaTopic topic) {
        Map<String, String> annotations = topic.getMetadata().getAnnotations();
        boolean unmanaged = annotations != null && "false".equals(annotations.get(Strimzi.MANAGED_ANNOTATION));
        if (!unmanaged) {
            children.annotate(topic, Map.of(Strimzi.MANAGED_ANNOTATION, "false"));
        } else if (topic.verdict() instanceof Verdict.Unmanaged) {
            children.delete(topic);
        }
    }

    private static Step waiting(ConditionType type, Reason reason, String message) {
        Findings findings = new Findings();
        findings.add(type, new StageResult.Blocked(reason, message));
        return new Step.Waiting(findings);
    }
}
