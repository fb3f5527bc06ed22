package dev.tributary.job.change;

import java.util.Map;
import java.util.TreeMap;

/** The first and last offset of each partition that a batch was made from. */
final class OffsetRanges {

    private final Map<Integer, long[]> ranges = new TreeMap<>();
    private long[] latest = new long[2];
    private int latestPartition = -1;

    void add(int partition, long offset) {
        if (partition != latestPartition) {
            latest = ranges.computeIfAbsent(partition, p -> new long[] {offset, offset});
            latestPartition = partition;
        }
        latest[1] = offset;
    }

    void clear() {
        ranges.clear();
        latestPartition = -1;
    }

    /** {@code partition:first-last}, comma-separated, in the order of the partitions. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        ranges.forEach((partition, range) -> text.append(text.isEmpty() ? "" : ",")
                .append(partition)
                .append(':')
                .append(range[0])
                .append('-')
                .append(range[1]));
        return text.toString();
    }
}
