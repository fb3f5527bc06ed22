package dev.tributary.operator.apply;

import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.operator.claim.ClaimedPipeline;
import dev.tributary.operator.claim.Claims;
import dev.tributary.operator.claim.Identity;
import dev.tributary.operator.condition.ConditionType;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.Resolution.Resolved;
import dev.tributary.operator.condition.Resolution.Unresolved;
import dev.tributary.operator.condition.StageResult;
import dev.tributary.operator.kafka.Brokers;
import dev.tributary.operator.observe.Observed;
import dev.tributary.operator.observe.ReferenceResolver;
import dev.tributary.operator.observe.References;
import dev.tributary.operator.plan.Planner;
import dev.tributary.operator.report.Findings;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Prepares a new epoch: what runs is taken down as if the pipeline were deleted, and what is in Kafka by then belongs to
 * the epochs before. Rows stay readable meanwhile; those that the new snapshot does not read again go when it is complete.
 */
@ApplicationScoped
public class Renewal {

    /** Whoever wants a new epoch writes its number: done once, it means nothing any more, so Git may keep it. */
    public static final String ANNOTATION = "tributary.dev/resnapshot";

    private final EngineTeardown teardown;
    private final ReferenceResolver references;
    private final Brokers brokers;
    private final Claims claims;

    Renewal(EngineTeardown teardown, ReferenceResolver references, Brokers brokers, Claims claims) {
        this.teardown = teardown;
        this.references = references;
        this.brokers = brokers;
        this.claims = claims;
    }

    /** Whether a person asks for the next epoch. */
    public static boolean isAskedFor(TenantPipeline pipeline, ClaimedPipeline claimed) {
        Map<String, String> annotations = pipeline.getMetadata().getAnnotations();
        return annotations != null
                && Integer.toString(claimed.epoch().number() + 1).equals(annotations.get(ANNOTATION));
    }

    /** How to ask for it, as a command. */
    public static String command(Identity identity, ClaimedPipeline claimed) {
        return "kubectl annotate tenantpipeline " + identity.name() + " -n " + identity.namespace() + " --overwrite "
                + ANNOTATION + "=" + (claimed.epoch().number() + 1);
    }

    /** Does the next step, and notes how far it is. */
    public void next(TenantPipeline pipeline, ClaimedPipeline claimed, Observed observed, Findings findings) {
        Identity identity = Identity.of(pipeline);
        String why = "epoch " + (claimed.epoch().number() + 1) + " is being prepared: " + claimed.renewal();
        StageResult preparing = new StageResult.InProgress(Reason.NewEpoch, why);
        findings.hold(preparing);
        findings.add(ConditionType.SnapshotComplete, preparing);
        switch (references.resolve(pipeline, claimed, observed.connector())) {
            case Unresolved<References> missing -> {
                findings.add(ConditionType.ReferencesResolved, missing.why());
                findings.hold(missing.why());
            }
            case Resolved<References> there -> {
                Optional<EngineTeardown.Step> step = teardown.next(
                        Planner.captureNames(
                                identity, pipeline.getSpec().source().postgresql()),
                        Optional.of(there.value().source()),
                        observed,
                        false);
                if (step.isPresent()) {
                    findings.add(step.get().condition(), step.get().result());
                    if (step.get().result().reason().remedy() == Reason.Remedy.PERSON) {
                        findings.hold(step.get().result());
                    }
                } else {
                    begin(identity, claimed, there.value(), findings);
                }
            }
        }
    }

    private void begin(Identity identity, ClaimedPipeline claimed, References there, Findings findings) {
        switch (brokers.endOffsets(there.bootstrapServers(), claimed.topics())) {
            case Brokers.Answer.Unreachable<Map<String, List<Long>>> u ->
                findings.add(ConditionType.KafkaReady, new StageResult.Blocked(Reason.KafkaUnreachable, u.message()));
            case Brokers.Answer.Said<Map<String, List<Long>>> ends -> claims.nextEpoch(identity, ends.value());
        }
    }
}
