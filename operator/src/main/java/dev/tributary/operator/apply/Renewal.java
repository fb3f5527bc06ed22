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
    private final Deadline deadline;
    private final Transitions transitions;

    Renewal(
            EngineTeardown teardown,
            ReferenceResolver references,
            Copies copies,
            Brokers brokers,
            Claims claims,
            Deadline deadline,
            Transitions transitions) {
        this.deadline = deadline;
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
        switch (teardown.next(identity, made.names(), source, observed, false)) {
            case EngineTeardown.Done done -> {
                boolean left = moved && source.isEmpty() || claimed.epoch().isOnOtherServerThan(done.answered());
                begin(pipeline, claimed, there, left ? Optional.of(made) : Optional.empty(), findings);
            }
            case EngineTeardown.Step step
            when moved && step.isAtSource() -> leave(pipeline, claimed, there, made, step.result(), findings);
            case EngineTeardown.Step step -> wait(step.condition(), step.result(), findings);
        }
    }

    /** An old place may never answer again: it is waited for as long as by a deletion. */
    private void leave(
            TenantPipeline pipeline,
            ClaimedPipeline claimed,
            References there,
            CapturePlace made,
            StageResult refusal,
            Findings findings) {
        if (Teardown.isAbandoned(pipeline) || deadline.hasPassed(claimed, there.pipelineClass())) {
            begin(pipeline, claimed, there, Optional.of(made), findings);
            return;
        }
        wait(
                ConditionType.SourceReady,
                new StageResult.Blocked(
                        refusal.reason(),
                        refusal.message() + "; " + Teardown.ABANDON_ANNOTATION + "=true leaves what is there"),
                findings);
    }

    private static void wait(ConditionType condition, StageResult result, Findings findings) {
        findings.add(condition, result);
        if (result.reason().remedy() == Reason.Remedy.PERSON) {
            findings.hold(result);
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
                // Told first: told twice it does no harm, and forgotten it stays for ever.
                left.ifPresent(place -> transitions.sourceAbandoned(
                        pipeline, place, claimed.epoch().server()));
                claims.nextEpoch(Identity.of(pipeline), ends.value());
                // The sign that something may be at the source; and the next place gets its own.
                copies.deleteSource(Identity.of(pipeline));
            }
        }
    }
}
