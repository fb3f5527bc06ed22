package dev.tributary.job.quarantine;

import dev.tributary.job.JobStopped;
import dev.tributary.job.source.RawRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record that goes into quarantine.
 *
 * @param place where it stands
 * @param target the ClickHouse table that lacks it
 * @param position the position of its change in the epoch, unsigned; the highest there is if it does not say
 * @param why what keeps it from being carried
 * @param record the record itself
 */
public record Entry(Place place, String target, long position, JobStopped why, RawRecord record) {

    /** Roughly what it takes in memory. */
    public long size() {
        return 500L + record.value.length + length(record.key) + length(record.otherKey);
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
