package dev.tributary.operator.claim;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one pipeline from its first acceptance to the removal of the claim.
 *
 * @param epoch the upper bits of every {@code _version}: 1 for the first snapshot
 * @param className the class, pinned once it was resolved; null before
 * @param placeholder the text that stands for a value PostgreSQL did not send (unchanged TOAST). Random, so that no
 *     row can hold it by chance or intent
 * @param salt keys the hashes in the names of credential copies, so that a name tells nothing about a password
 * @param targets the ClickHouse tables that this pipeline writes to; another pipeline of the tenant may not
 * @param released whether the pipeline was deleted and its data kept
 */
public record ClaimedPipeline(
        int epoch,
        @Nullable String className,
        String placeholder,
        String salt,
        List<String> targets,
        boolean released) {

    public ClaimedPipeline {
        targets = List.copyOf(targets);
    }

    ClaimedPipeline with(String newClassName, List<String> newTargets) {
        return new ClaimedPipeline(epoch, newClassName, placeholder, salt, newTargets, released);
    }

    ClaimedPipeline released(boolean nowReleased) {
        return new ClaimedPipeline(epoch, className, placeholder, salt, targets, nowReleased);
    }
}
