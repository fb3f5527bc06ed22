package dev.tributary.operator.apply;

import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.operator.claim.Claim;
import dev.tributary.operator.claim.ClaimedPipeline;
import dev.tributary.operator.claim.Claims;
import dev.tributary.operator.claim.Identity;
import dev.tributary.operator.condition.ConditionType;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.StageResult;
import dev.tributary.operator.kafka.KafkaTopic;
import dev.tributary.operator.kafka.Strimzi;
import dev.tributary.operator.kafka.Strimzi.Verdict;
import dev.tributary.operator.kubernetes.Children;
import dev.tributary.operator.observe.Observed;
import dev.tributary.operator.observe.SourceLogin;
import dev.tributary.operator.report.Findings;
import dev.tributary.operator.report.Transitions;
import dev.tributary.operator.source.CapturePlace;
import dev.tributary.operator.source.ConnectionSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;

/**
 * Takes a pipeline down: first what runs, then the topics, then the data if that is wished, and the copies and the claim
 * last. An engine or a source that is away holds it up for the class's teardownTimeout at most; what then is left is
 * said in an event. Data that is to be deleted is waited for as long as it takes.
 */
@ApplicationScoped
public class Teardown {

    /** Whoever cannot wait for the timeout: slot and publication are left at the source. */
    public static final String ABANDON_ANNOTATION = "tributary.dev/abandon-source";

    private final Children children;
    private final Copies copies;
    private final Claims claims;
    private final EngineTeardown engines;
    private final DataDeletion data;
    private final Deadline deadline;
    private final Transitions transitions;

    Teardown(
            Children children,
            Copies copies,
            Claims claims,
            EngineTeardown engines,
            DataDeletion data,
            Deadline deadline,
            Transitions transitions) {
        this.children = children;
        this.copies = copies;
        this.claims = claims;
        this.engines = engines;
        this.data = data;
        this.deadline = deadline;
        this.transitions = transitions;
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
        Optional<Claim> claim = claims.of(identity.tenant())
                .filter(c -> c.namespace().equals(identity.namespace()))
                .filter(c -> c.pipeline(identity.name()).isPresent());
        if (claim.isEmpty()) {
            // It never owned the tenant, so nothing was made for it.
            return new Step.Gone();
        }
        boolean overdue = deadline.hasPassed(pipeline, claim.get());
        Optional<Step> running =
                engines(pipeline, claim.get().pipeline(identity.name()).orElseThrow(), observed, overdue);
        if (running.isPresent()) {
            return running.get();
        }
        boolean deleteData = pipeline.getSpec().wantsDataDeleted();
        if (!observed.topics().isEmpty() && !(overdue && allMarked(observed))) {
            observed.topics().values().forEach(topic -> topic(topic, deleteData, overdue));
            return waiting(
                    ConditionType.KafkaReady,
                    new StageResult.Blocked(
                            Reason.Deleting,
                            deleteData
                                    ? "the topics are being deleted"
                                    : "the topics are being handed over: they are kept"));
        }
        if (deleteData) {
            Optional<EngineTeardown.Step> deletion = data.next(pipeline, claim.get());
            if (deletion.isPresent()) {
                return waiting(deletion.get().condition(), deletion.get().result());
            }
        }
        copies.deleteAll(identity);
        if (deleteData) {
            claims.forget(identity);
        } else {
            claims.release(identity);
        }
        return new Step.Gone();
    }

    private Optional<Step> engines(
            TenantPipeline pipeline, ClaimedPipeline claimed, Observed observed, boolean overdue) {
        Identity identity = Identity.of(pipeline);
        CapturePlace place = claimed.epoch()
                .placeOr(SourceLogin.place(identity, pipeline.getSpec().source().postgresql()));
        Optional<Map<String, String>> credentials = copies.source(identity);
        Optional<ConnectionSettings> source = credentials.flatMap(login -> SourceLogin.to(place, login));
        boolean left = credentials.isPresent() && source.isEmpty();
        switch (engines.next(identity, place.names(), source, observed, overdue)) {
            case EngineTeardown.Step step
            when !(step.isAtSource() && (overdue || isAbandoned(pipeline))) -> {
                return Optional.of(waiting(step.condition(), step.result()));
            }
            case EngineTeardown.Step step -> left = true;
            case EngineTeardown.Done done -> left |= claimed.epoch().isOnOtherServerThan(done.answered());
        }
        if (left) {
            transitions.sourceAbandoned(pipeline, place, claimed.epoch().server());
        }
        // They are the sign that something may be at the source.
        copies.deleteSource(identity);
        return Optional.empty();
    }

    static boolean isAbandoned(TenantPipeline pipeline) {
        Map<String, String> annotations = pipeline.getMetadata().getAnnotations();
        return annotations != null && "true".equals(annotations.get(ABANDON_ANNOTATION));
    }

    private static boolean allMarked(Observed observed) {
        return observed.topics().values().stream().allMatch(KafkaTopic::isMarkedForDeletion);
    }

    private void topic(KafkaTopic topic, boolean deleteData, boolean overdue) {
        Map<String, String> annotations = topic.getMetadata().getAnnotations();
        boolean unmanaged = annotations != null && "false".equals(annotations.get(Strimzi.MANAGED_ANNOTATION));
        if (deleteData) {
            children.delete(topic);
        } else if (!unmanaged) {
            children.annotate(topic, Map.of(Strimzi.MANAGED_ANNOTATION, "false"));
        } else if (overdue || topic.verdict() instanceof Verdict.Unmanaged) {
            children.delete(topic);
        }
    }

    private static Step waiting(ConditionType type, StageResult result) {
        Findings findings = new Findings();
        findings.add(type, result);
        return new Step.Waiting(findings);
    }
}
