package dev.tributary.job.change;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/**
 * When the changes of a batch were committed at the source, in milliseconds since 1970. Of a row that a snapshot read
 * nobody knows when it was committed, so it is left out.
 *
 * <p>To cost nothing for each row it keeps of many changes a few, evenly spread over the batch, and takes all for read when
 * the first was: the clock is looked at once in a batch.
 */
public final class CommitTimes {

    private static final int MOST_SAMPLES = 16;

    private final long lateAfterMillis;
    private final LongSupplier clock;
    private final long[] samples = new long[MOST_SAMPLES];
    private int sampled;

    /** Every so many changes one is kept: a power of two. */
    private long stride = 1;

    private long changes;
    private long late;
    private long begun;
    private long oldest = Long.MAX_VALUE;
    private long newest = Long.MIN_VALUE;

    /** @param clock says how many milliseconds have passed since 1970 */
    CommitTimes(Duration lateAfter, LongSupplier clock) {
        lateAfterMillis = lateAfter.toMillis();
        this.clock = clock;
    }

    void add(Operation operation, long timeMillis) {
        if (operation == Operation.READ) {
            return;
        }
        if (changes == 0) {
            begun = clock.getAsLong();
        }
        oldest = Math.min(oldest, timeMillis);
        newest = Math.max(newest, timeMillis);
        if (begun - timeMillis > lateAfterMillis) {
            late++;
        }
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

    /** How many changes were read later than allowed after their commit. */
    public long late() {
        return late;
    }

    /** From the oldest commit to when it was read, in milliseconds, not less than 0; only where there is one. */
    public long worstLateness() {
        return Math.max(0, begun - oldest);
    }

    /** Those of the first change and of some of the others, evenly spread, at most 16. */
    public LongStream sample() {
        return Arrays.stream(samples, 0, sampled);
    }

    void clear() {
        sampled = 0;
        stride = 1;
        changes = 0;
        late = 0;
        oldest = Long.MAX_VALUE;
        newest = Long.MIN_VALUE;
    }
}
