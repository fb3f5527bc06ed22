package dev.tributary.operator.observe;

import dev.tributary.operator.source.Inspection;
import dev.tributary.operator.source.InspectionRequest;
import dev.tributary.operator.source.Reason;
import dev.tributary.operator.source.SourceEngine;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks at clients' databases, not more often than is good for them. What was found is good for half a minute; so one
 * onboarding, which passes the stages a dozen times, looks once or twice. What was refused is tried again after a few
 * seconds, but a refused login after 15 s at first and then ever later, up to 5 minutes, so that no account gets locked;
 * any change of what is asked for (host, user, password, tables, publication) is tried at once.
 */
@ApplicationScoped
public class SourceProbe {

    static final Duration FOUND_IS_GOOD_FOR = Duration.ofSeconds(30);
    static final Duration REFUSED_AGAIN_AFTER = Duration.ofSeconds(4);
    static final Duration LOGIN_AGAIN_AFTER = Duration.ofSeconds(15);
    static final Duration LOGIN_AGAIN_AT_MOST = Duration.ofMinutes(5);

    private final SourceEngine engine;
    private final Clock clock;
    private final Map<ResourceID, Look> looks = new ConcurrentHashMap<>();

    SourceProbe(SourceEngine engine, Clock clock) {
        this.engine = engine;
        this.clock = clock;
    }

    private record Look(InspectionRequest question, Inspection answer, Instant goodUntil, int refusedLogins) {}

    /** What the database says, or said a moment ago. */
    public Inspection inspect(ResourceID pipeline, InspectionRequest question) {
        Look last = looks.get(pipeline);
        if (last != null && last.question().equals(question) && clock.instant().isBefore(last.goodUntil())) {
            return last.answer();
        }
        int refusedBefore = last != null && last.question().equals(question) ? last.refusedLogins() : 0;
        Look now = look(question, refusedBefore);
        looks.put(pipeline, now);
        return now.answer();
    }

    /** Forgets a pipeline that is gone. */
    public void forget(ResourceID pipeline) {
        looks.remove(pipeline);
    }

    private Look look(InspectionRequest question, int refusedBefore) {
        Inspection answer = engine.inspect(question);
        return switch (answer) {
            case Inspection.Found found ->
                new Look(question, answer, clock.instant().plus(FOUND_IS_GOOD_FOR), 0);
            case Inspection.Refused refused
            when loginRefused(refused) ->
                new Look(question, answer, clock.instant().plus(loginDelay(refusedBefore)), refusedBefore + 1);
            case Inspection.Refused refused
            when tooLarge(refused) -> new Look(question, answer, clock.instant().plus(FOUND_IS_GOOD_FOR), 0);
            case Inspection.Refused refused ->
                new Look(question, answer, clock.instant().plus(REFUSED_AGAIN_AFTER), 0);
        };
    }

    private static boolean loginRefused(Inspection.Refused refused) {
        return refused.findings().stream().anyMatch(f -> f.reason() == Reason.AuthenticationFailed);
    }

    /** Told by reading rows, which is dearer than a look at the catalog. */
    private static boolean tooLarge(Inspection.Refused refused) {
        return refused.findings().stream().anyMatch(f -> f.reason() == Reason.RecordTooLarge);
    }

    /** How long to wait after a login was refused, and this many times before that. */
    public static Duration loginDelay(int refusedBefore) {
        Duration delay = LOGIN_AGAIN_AFTER.multipliedBy(1L << Math.min(refusedBefore, 10));
        return delay.compareTo(LOGIN_AGAIN_AT_MOST) > 0 ? LOGIN_AGAIN_AT_MOST : delay;
    }
}
