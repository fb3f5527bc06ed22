package dev.tributary.operator.claim;

import dev.tributary.operator.source.CapturePlace;
import dev.tributary.operator.source.ServerIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one pipeline from its first acceptance to the removal of the claim.
 *
 * @param epoch the one that runs, or ran last
 * @param className the class, pinned once it was resolved; null before
 * @param placeholder the text that stands for a value PostgreSQL did not send (unchanged TOAST). Random, so that no
 *     row can hold it by chance or intent
 * @param salt keys the hashes in the names of credential copies, so that a name tells nothing about a password
 * @param targets the ClickHouse tables that this pipeline writes or wrote to; another pipeline of the tenant may not
 * @param topics the topics it made, also for tables that left the spec; those that are in Kafka without a KafkaTopic are still its own
 * @param loss what was lost; null when nothing is known to be
 * @param renewal why a new epoch is being prepared, one sentence; null when none is
 * @param renewalSince since when, ISO 8601; null when none is being prepared
 * @param released whether the pipeline was deleted and its data kept
 */
public record ClaimedPipeline(
        Epoch epoch,
        @Nullable String className,
        String placeholder,
        String salt,
        List<String> targets,
        List<String> topics,
        @Nullable Loss loss,
        @Nullable String renewal,
        @Nullable String renewalSince,
        boolean released) {

    public ClaimedPipeline {
        targets = List.copyOf(targets);
        topics = List.copyOf(topics);
    }

    static ClaimedPipeline first(String placeholder, String salt) {
        return new ClaimedPipeline(Epoch.FIRST, null, placeholder, salt, List.of(), List.of(), null, null, null, false);
    }

    ClaimedPipeline planned(String itsClass, List<String> itsTargets, List<String> itsTopics) {
        return new ClaimedPipeline(
                epoch,
                itsClass,
                placeholder,
                salt,
                union(targets, itsTargets),
                union(topics, itsTopics),
                loss,
                renewal,
                renewalSince,
                released);
    }

    /** What it once made stays its own: a table that left the spec may come back, and goes with the data. */
    private static List<String> union(List<String> before, List<String> now) {
        return Stream.concat(before.stream(), now.stream()).distinct().toList();
    }

    ClaimedPipeline begun(
            ServerIdentity server, CapturePlace place, List<String> tables, Map<String, List<String>> keys) {
        return with(epoch.begun(server, place, tables, keys), loss);
    }

    ClaimedPipeline completed() {
        return with(epoch.completed(), loss);
    }

    /** The first loss stays: what follows from it says less. */
    ClaimedPipeline lost(Loss newLoss) {
        return with(epoch, loss == null ? newLoss : loss);
    }

    ClaimedPipeline renewing(String why, Instant now) {
        return renewing(epoch.interrupted(0), why, now);
    }

    /** A new epoch too, and one more snapshot that broke off. */
    ClaimedPipeline interrupted(String why, Instant now) {
        return renewing(epoch.interrupted(epoch.interrupted() + 1), why, now);
    }

    private ClaimedPipeline renewing(Epoch counted, String why, Instant now) {
        return renewal == null
                ? new ClaimedPipeline(
                        counted, className, placeholder, salt, targets, topics, loss, why, now.toString(), false)
                : with(counted, loss);
    }

    ClaimedPipeline nextEpoch(Map<String, List<Long>> startOffsets) {
        return new ClaimedPipeline(
                epoch.next(startOffsets), className, placeholder, salt, targets, topics, null, null, null, false);
    }

    /** What was made at the source was taken away, or somebody was told of it. */
    ClaimedPipeline letGo() {
        return new ClaimedPipeline(
                epoch.takenAway(), className, placeholder, salt, targets, topics, loss, null, null, true);
    }

    private ClaimedPipeline with(Epoch newEpoch, @Nullable Loss newLoss) {
        return new ClaimedPipeline(
                newEpoch, className, placeholder, salt, targets, topics, newLoss, renewal, renewalSince, released);
    }
}
