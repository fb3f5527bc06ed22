package dev.tributary.operator.apply;

import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.api.v1alpha1.TenantPipelineStatus.Paused;
import dev.tributary.operator.claim.ClaimedPipeline;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.Resolution.Resolved;
import dev.tributary.operator.condition.StageResult;
import dev.tributary.operator.observe.Observed;
import dev.tributary.operator.observe.ReferenceResolver;
import dev.tributary.operator.observe.References;
import dev.tributary.operator.plan.Durations;
import dev.tributary.operator.report.Findings;
import dev.tributary.operator.source.CaptureLook;
import dev.tributary.operator.source.CaptureNames;
import dev.tributary.operator.source.SourceEngine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Capture first, then the job, with a savepoint. A pause works while the source is away, and a paused pipeline leaves the
 * source alone; it is asked once, when all stands still, for what it keeps meanwhile.
 */
@ApplicationScoped
public class Pause {

    private final Halt halt;
    private final ReferenceResolver references;
    private final SourceEngine engine;
    private final Clock clock;

    Pause(Halt halt, ReferenceResolver references, SourceEngine engine, Clock clock) {
        this.halt = halt;
        this.references = references;
        this.engine = engine;
        this.clock = clock;
    }

    /** Does the next step, and notes how far it is. */
    public void next(TenantPipeline pipeline, ClaimedPipeline claimed, Observed observed, Findings findings) {
        Optional<StageResult> moving = halt.capture(observed).or(() -> halt.job(observed));
        if (moving.isPresent()) {
            findings.hold(moving.get());
            return;
        }
        findings.hold(new StageResult.Ready(
                Reason.Paused, "connector and job stand still; status.paused says what that holds back"));
        Paused before =
                pipeline.getStatus() == null ? null : pipeline.getStatus().paused();
        findings.paused(before == null ? heldBack(pipeline, claimed, observed) : before);
    }

    private Paused heldBack(TenantPipeline pipeline, ClaimedPipeline claimed, Observed observed) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        // What is missing keeps the pipeline from resuming, not from pausing: then it is told.
        if (!(references.resolve(pipeline, claimed, observed.connector()) instanceof Resolved<References> there)) {
            return new Paused(now.toString(), null, null);
        }
        String retention = there.value().pipelineClass().kafka().topics().retention();
        return new Paused(
                now.toString(),
                sourceKeeps(there.value().place().names(), there.value()),
                now.plus(Durations.parse(retention)).toString());
    }

    private @Nullable String sourceKeeps(CaptureNames names, References there) {
        if (!(engine.captureState(there.source(), names, List.of()) instanceof CaptureLook.Seen seen)
                || seen.slot() == null) {
            return null;
        }
        String most = seen.slot().keepsAtMost();
        return "WAL since " + seen.slot().restartLsn() + " for slot " + names.slot()
                + (most == null
                        ? ", without limit (max_slot_wal_keep_size)"
                        : ", at most " + most + " (max_slot_wal_keep_size)");
    }
}
