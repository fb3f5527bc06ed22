package dev.tributary.operator.plan;

import dev.tributary.api.v1alpha1.TenantPipelineSpec.Latency;
import dev.tributary.operator.source.CaptureRequest.Pace;
import java.time.Duration;

/**
 * What a tier sets, from the source's log to ClickHouse, so that no step waits longer than the others make worthwhile.
 * docs/operate.md has the table.
 *
 * @param pace how often capture looks, and how long it collects
 * @param flush how long at most a row waits in the job for its batch
 * @param leastCheckpointInterval each checkpoint sends what there is, so it may not come more often than a batch
 */
record LatencyTier(Pace pace, Duration flush, Duration leastCheckpointInterval) {

    static LatencyTier of(Latency latency) {
        return switch (latency) {
            // Below 50 ms inserts get in each other's way, and the slowest of them slower.
            case RealTime -> new LatencyTier(pace(10, 0), Duration.ofMillis(50), Duration.ZERO);
            case NearRealTime -> new LatencyTier(pace(50, 5), Duration.ofMillis(500), Duration.ZERO);
            case Batch -> new LatencyTier(pace(1000, 100), Duration.ofMinutes(1), Duration.ofMinutes(1));
        };
    }

    private static Pace pace(long pollMillis, long lingerMillis) {
        return new Pace(Duration.ofMillis(pollMillis), Duration.ofMillis(lingerMillis));
    }

    /** How often the job makes a checkpoint, where the class says this. */
    Duration checkpointInterval(Duration ofClass) {
        return ofClass.compareTo(leastCheckpointInterval) < 0 ? leastCheckpointInterval : ofClass;
    }
}
