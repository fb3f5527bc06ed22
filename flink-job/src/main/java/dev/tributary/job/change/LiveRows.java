package dev.tributary.job.change;

import java.util.Arrays;
import java.util.BitSet;

/** The rows of a batch that were not superseded within it, as runs of neighbours. */
final class LiveRows {

    private final int[] bounds;
    private final int count;

    /** @param rows all rows of the batch */
    LiveRows(int rows, BitSet superseded) {
        int[] found = new int[8];
        int size = 0;
        int live = 0;
        int from = superseded.nextClearBit(0);
        while (from < rows) {
            int next = superseded.nextSetBit(from);
            int to = next < 0 ? rows : next;
            if (size == found.length) {
                found = Arrays.copyOf(found, 2 * size);
            }
            found[size++] = from;
            found[size++] = to;
            live += to - from;
            from = superseded.nextClearBit(to);
        }
        bounds = Arrays.copyOf(found, size);
        count = live;
    }

    /** How many rows there are. */
    int count() {
        return count;
    }

    int runs() {
        return bounds.length / 2;
    }

    int from(int run) {
        return bounds[2 * run];
    }

    int to(int run) {
        return bounds[2 * run + 1];
    }
}
