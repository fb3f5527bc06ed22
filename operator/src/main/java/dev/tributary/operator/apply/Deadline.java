package dev.tributary.operator.apply;

import dev.tributary.api.v1alpha1.PipelineClass;
import dev.tributary.api.v1alpha1.PipelineClassSpec;
import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.operator.claim.Claim;
import dev.tributary.operator.claim.ClaimedPipeline;
import dev.tributary.operator.plan.Durations;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long a deletion, or a new epoch at another place, waits for what is away. */
@ApplicationScoped
class Deadline {

    /** For a pipeline whose class is gone; the same as the class's default. */
    private static final Duration WITHOUT_CLASS = Duration.ofMinutes(15);

    private final KubernetesClient client;
    private final Clock clock;

    Deadline(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    boolean hasPassed(TenantPipeline pipeline, Claim claim) {
        Instant asked = Instant.parse(pipeline.getMetadata().getDeletionTimestamp());
        return clock.instant().isAfter(asked.plus(timeout(pipeline, claim)));
    }

    /** Whether a new epoch that is being prepared has waited long enough for the place of the one before it. */
    boolean hasPassed(ClaimedPipeline claimed, PipelineClassSpec pipelineClass) {
        return claimed.renewalSince() == null
                || clock.instant()
                        .isAfter(Instant.parse(claimed.renewalSince())
                                .plus(Durations.parse(pipelineClass.teardownTimeout())));
    }

    private Duration timeout(TenantPipeline pipeline, Claim claim) {
        return claim.pipeline(pipeline.getMetadata().getName())
                .map(ClaimedPipeline::className)
                .flatMap(name -> Optional.ofNullable(
                        client.resources(PipelineClass.class).withName(name).get()))
                .map(found -> Durations.parse(found.getSpec().teardownTimeout()))
                .orElse(WITHOUT_CLASS);
    }
}
