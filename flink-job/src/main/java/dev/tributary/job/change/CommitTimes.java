package dev.tributary.job.change;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * When the changes of a batch were committed at the source, in milliseconds since 1970. Of a row that a snapshot read
 * nobody knows when it was committed, so it is left out.
 *
 * <p>Of many changes it keeps a few, evenly spread over the batch, so that looking at them costs nothing per row.
 */
public final class CommitTimes {

    private static final int MOST_SAMPLES = 16;

    private final long[] samples = new long[MOST_SAMPLES];
    private int sampled;

    /** Every so many changes one is kept: a power of two. */
    private long stride = 1;

    private long changes;
    private long newest = Long.MIN_VALUE;

    void add(Operation operation, long timeMillis) {
        if (operation == Operation.READ) {
            return;
        }
        newest = Math.max(newest, timeMillis);
        if ((changes & (stride - 1)) == 0) {
            sample(timeMillis);
        }
        changes++;
    }

    private void sample(long timeMillis) {
        if (sampled == MOST_SAMPLES) {
            sampled = MOST_SAMPLES / 2;
            for (int i = 1; i < sampled; i++) {
                samples[i] = samples[2 * i];
            }
            stride *= 2;
        }
        samples[sampled++] = timeMillis;
    }

    /** Whether there is none: the batch is empty, or a snapshot read all of it. */
    public boolean isEmpty() {
        return changes == 0;
    }

    /** The latest of all; only where there is one. */
    public long newest() {
        return newest;
    }

    /** Those of the first change and of some of the others, evenly spread, at most 16. */
    public LongStream sample() {
        return Arrays.stream(samples, 0, sampled);
    }

    void clear() {
        sampled = 0;
        stride = 1;
        changes = 0;
        newest = Long.MIN_VALUE;
    }
}
