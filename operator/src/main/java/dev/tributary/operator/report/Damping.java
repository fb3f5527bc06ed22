package dev.tributary.operator.report;

import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.operator.condition.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a status from flapping with an engine: what was well and has a hiccup, and what failed and comes up, must stay so
 * for a while before it is told. A first start, a change of the spec and what only a person can mend are told at once.
 */
@ApplicationScoped
public class Damping {

    static final Duration HOLD = Duration.ofSeconds(10);

    private static final Set<Reason> FAILURES = EnumSet.of(
            Reason.Unreachable,
            Reason.SourceError,
            Reason.ConnectNotReady,
            Reason.KafkaUnreachable,
            Reason.TopicFailed,
            Reason.ClickHouseUnreachable,
            Reason.ClickHouseFailed,
            Reason.JobFailed,
            Reason.ConnectUnreachable,
            Reason.ConnectorFailed,
            Reason.OperatorError);

    private static final Set<Reason> STARTS =
            EnumSet.of(Reason.TopicsCreating, Reason.JobStarting, Reason.ConnectorStarting);

    private final Clock clock;

    /** Since when a condition is other than it was told, by pipeline and type. */
    private final Map<ResourceID, Map<String, Instant>> differs = new ConcurrentHashMap<>();

    Damping(Clock clock) {
        this.clock = clock;
    }

    /** Whether a condition is to be told as it was before. */
    boolean holdsBack(TenantPipeline pipeline, Condition told, Condition now) {
        Map<String, Instant> since =
                differs.computeIfAbsent(ResourceID.fromResource(pipeline), id -> new ConcurrentHashMap<>());
        if (!mayFlap(told, now)) {
            since.remove(now.getType());
            return false;
        }
        Instant left = since.computeIfAbsent(now.getType(), type -> clock.instant());
        boolean held = clock.instant().isBefore(left.plus(HOLD));
        if (!held) {
            since.remove(now.getType());
        }
        return held;
    }

    private static boolean mayFlap(Condition told, Condition now) {
        boolean same =
                told.getStatus().equals(now.getStatus()) && told.getReason().equals(now.getReason());
        if (same || !now.getObservedGeneration().equals(told.getObservedGeneration())) {
            return false;
        }
        Reason from = Reason.valueOf(told.getReason());
        Reason to = Reason.valueOf(now.getReason());
        return "True".equals(told.getStatus())
                ? FAILURES.contains(to) || STARTS.contains(to)
                : FAILURES.contains(from) && to.remedy() != Reason.Remedy.PERSON;
    }

    /** Whether something is held back, so that one should look again soon. */
    public boolean isHolding(TenantPipeline pipeline) {
        return !differs.getOrDefault(ResourceID.fromResource(pipeline), Map.of())
                .isEmpty();
    }

    /** Forgets a pipeline that is gone. */
    public void forget(TenantPipeline pipeline) {
        differs.remove(ResourceID.fromResource(pipeline));
    }
}
