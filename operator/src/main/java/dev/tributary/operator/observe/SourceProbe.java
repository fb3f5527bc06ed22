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
 * seconds; any change of what is asked for (host, user, password, tables, publication) is tried at once.
 */
@ApplicationScoped
public class SourceProbe {

    static final Duration FOUND_IS_GOOD_FOR = Duration.ofSeconds(30);
    static final Duration REFUSED_AGAIN_AFTER = Duration.ofSeconds(4);

    private final SourceEngine engine;
    private final Clock clock;
    private final Map<ResourceID, Look> looks = new ConcurrentHashMap<>();

    SourceProbe(SourceEngine engine, Clock clock) {
        this.engine = engine;
        this.clock = clock;
    }

    private record Look(InspectionRequest question, Inspection answer, Instant goodUntil) {}

    /** What the database says, or said a moment ago. */
    public Inspection inspect(ResourceID pipeline, InspectionRequest question) {
        Look last = looks.get(pipeline);
        if (last != null && last.question().equals(question) && clock.instant().isBefore(last.goodUntil())) {
            return last.answer();
        }
        Look now = look(question);
        looks.put(pipeline, now);
        return now.answer();
    }

    /** Forgets a pipeline that is gone. */
    public void forget(ResourceID pipeline) {
        looks.remove(pipeline);
    }

    private Look look(InspectionRequest question) {
        Inspection answer = engine.inspect(question);
        boolean soon = answer instanceof Inspection.Refused refused && !tooLarge(refused);
        return new Look(question, answer, clock.instant().plus(soon ? REFUSED_AGAIN_AFTER : FOUND_IS_GOOD_FOR));
    }

    /** Told by reading rows, which is dearer than a look at the catalog. */
    private static boolean tooLarge(Inspection.Refused refused) {
        return refused.findings().stream().anyMatch(f -> f.reason() == Reason.RecordTooLarge);
    }
}
