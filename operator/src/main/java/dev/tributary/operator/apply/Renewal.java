package dev.tributary.operator.apply;

import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.operator.apply.EngineTeardown.Step;
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
import dev.tributary.operator.observe.SourceLogin;
import dev.tributary.operator.report.Findings;
import dev.tributary.operator.report.Transitions;
import dev.tributary.operator.source.CapturePlace;
import dev.tributary.operator.source.ConnectionSettings;
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
    private final Copies copies;
    private final Brokers brokers;
    private final Claims claims;
    private final Transitions transitions;

    Renewal(
            EngineTeardown teardown,
            ReferenceResolver references,
            Copies copies,
            Brokers brokers,
            Claims claims,
            Transitions transitions) {
        this.copies = copies;
        this.transitions = transitions;
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
        String why = "epoch " + (claimed.epoch().number() + 1) + " is being prepared: " + claimed.renewal();
        StageResult preparing = new StageResult.InProgress(Reason.NewEpoch, why);
        findings.hold(preparing);
        findings.add(ConditionType.SnapshotComplete, preparing);
        switch (references.resolve(pipeline, claimed, observed.connector())) {
            case Unresolved<References> missing -> {
                findings.add(ConditionType.ReferencesResolved, missing.why());
                findings.hold(missing.why());
            }
            case Resolved<References> there -> takeDown(pipeline, claimed, there.value(), observed, findings);
        }
    }

    private void takeDown(
            TenantPipeline pipeline, ClaimedPipeline claimed, References there, Observed observed, Findings findings) {
        Identity identity = Identity.of(pipeline);
        CapturePlace made = claimed.epoch().placeOr(there.place());
        boolean moved = !made.isInSameDatabaseAs(there.place());
        Optional<ConnectionSettings> source = moved
                ? copies.source(identity).flatMap(login -> SourceLogin.to(made, login))
                : Optional.of(there.source());
        Optional<Step> step = teardown.next(made.names(), source, observed, false);
        // An old place may never answer again, and the new one must not wait for it.
        boolean left = moved && step.map(Step::isRefusedBySource).orElse(source.isEmpty());
        if (step.isEmpty() || left) {
            begin(pipeline, claimed, there, left ? Optional.of(made) : Optional.empty(), findings);
            return;
        }
        findings.add(step.get().condition(), step.get().result());
        if (step.get().result().reason().remedy() == Reason.Remedy.PERSON) {
            findings.hold(step.get().result());
        }
    }

    private void begin(
            TenantPipeline pipeline,
            ClaimedPipeline claimed,
            References there,
            Optional<CapturePlace> left,
            Findings findings) {
        switch (brokers.endOffsets(there.bootstrapServers(), claimed.topics())) {
            case Brokers.Answer.Unreachable<Map<String, List<Long>>> u ->
                findings.add(ConditionType.KafkaReady, new StageResult.Blocked(Reason.KafkaUnreachable, u.message()));
            case Brokers.Answer.Said<Map<String, List<Long>>> ends -> {
                claims.nextEpoch(Identity.of(pipeline), ends.value());
                left.ifPresent(place -> transitions.sourceAbandoned(pipeline, place));
            }
        }
    }
}
