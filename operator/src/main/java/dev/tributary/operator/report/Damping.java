package dev.tributary.operator.report;

import dev.tributary.operator.condition.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
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
 * Keeps a status from flapping with an engine. A failure is told at once, and that it is over when it has been over for a
 * while; so an engine that fails again and again has failed all the time. A hiccup, such as a restart or no answer, is told
 * when it lasts. A first start, a change of the spec and what only a person can mend are told at once.
 */
@ApplicationScoped
public class Damping {

    static final Duration HOLD = Duration.ofSeconds(10);

    private static final Set<Reason> FAILURES =
            EnumSet.of(Reason.TopicFailed, Reason.ClickHouseFailed, Reason.JobFailed, Reason.ConnectorFailed);

    private static final Set<Reason> NO_ANSWER = EnumSet.of(
            Reason.Unreachable,
            Reason.SourceError,
            Reason.KafkaUnreachable,
            Reason.ClickHouseUnreachable,
            Reason.ConnectNotReady,
            Reason.ConnectUnreachable,
            Reason.OperatorError);

    private static final Set<Reason> STARTS =
            EnumSet.of(Reason.TopicsCreating, Reason.JobStarting, Reason.ConnectorStarting);

    private final Clock clock;

    /** Since when a condition is other than it was told, by pipeline or class, and type. */
    private final Map<ResourceID, Map<String, Instant>> differs = new ConcurrentHashMap<>();

    public Damping(Clock clock) {
        this.clock = clock;
    }

    /** Whether a condition is to be told as it was before. */
    public boolean holdsBack(HasMetadata object, Condition told, Condition now) {
        Map<String, Instant> since =
                differs.computeIfAbsent(ResourceID.fromResource(object), id -> new ConcurrentHashMap<>());
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
        if ("True".equals(told.getStatus())) {
            return NO_ANSWER.contains(to) || STARTS.contains(to);
        }
        return FAILURES.contains(from) && !FAILURES.contains(to) && to.remedy() != Reason.Remedy.PERSON;
    }

    /** Whether something is held back, so that one should look again soon. */
    public boolean isHolding(HasMetadata object) {
        return !differs.getOrDefault(ResourceID.fromResource(object), Map.of()).isEmpty();
    }

    /** Forgets what is gone. */
    public void forget(HasMetadata object) {
        differs.remove(ResourceID.fromResource(object));
    }
}
