package dev.tributary.job.change;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * For each row of a batch the one that it superseded when it came: the state of its key just before. In the order of
 * arrival, not of positions: what a rewinding connector sends again may stand in the batch with rows left out before it.
 */
final class Ancestry {

    static final int NONE = -1;

    private int[] previous = new int[64];
    private final Map<Integer, Gap> gaps = new HashMap<>();

    /** By the old key's tombstone, the row that hands its values over. */
    private final Map<Integer, Integer> handedOver = new HashMap<>();

    /** @param superseded the row that this one supersedes, or {@link #NONE} */
    void add(int row, int superseded) {
        if (row == previous.length) {
            previous = Arrays.copyOf(previous, 2 * row);
        }
        previous[row] = superseded;
    }

    int previous(int row) {
        return previous[row];
    }

    /** Where to look on for what the row lacks. */
    void follow(int row, int ancestor) {
        previous[row] = ancestor;
    }

    void addGap(int row, Gap gap) {
        gaps.put(row, gap);
    }

    /**
     * A row left its key: its values are found past the tombstone, and handed over to the new key unless that has its row.
     *
     * @param handed a row of the new key that nobody has seen
     * @param newest the newest row of the new key, or {@link #NONE}
     */
    void left(int tombstone, int handed, int newest, AddedValues added, int partition, long offset) {
        BitSet columns = Objects.requireNonNull(gaps.get(tombstone)).columns();
        if (isAt(previous[tombstone], tombstone, added)) {
            handedOver.remove(previous[tombstone]);
        }
        if (newest == NONE || added.isHigher(tombstone, newest)) {
            gaps.put(handed, new Gap(Gap.Kind.HANDED_OVER, columns, partition, offset));
            previous[handed] = tombstone;
            handedOver.put(tombstone, handed);
        } else if (isAt(newest, tombstone, added) && gaps.containsKey(newest) && previous[newest] == NONE) {
            // Another partition brought the row before the tombstone.
            previous[newest] = tombstone;
        }
    }

    /**
     * A row came to its key from another.
     *
     * @param newest the newest row of the old key, or {@link #NONE}
     */
    void arrived(int row, int newest, AddedValues added) {
        boolean tombstone = isAt(newest, row, added) && isLeft(newest);
        if (tombstone) {
            handedOver.remove(newest);
        }
        Gap gap = gaps.get(row);
        if (gap != null && !isAt(previous[row], row, added)) {
            previous[row] = tombstone ? newest : NONE;
        }
        if (gap != null) {
            gaps.put(row, new Gap(Gap.Kind.ARRIVED, gap.columns(), gap.partition(), gap.offset()));
        }
    }

    /** Whether it is the tombstone of a key that was changed. */
    boolean isLeft(int row) {
        Gap gap = gaps.get(row);
        return gap != null && gap.kind() == Gap.Kind.LEFT;
    }

    /** Of one key and at one position is the same change, sent again. */
    private static boolean isAt(int row, int other, AddedValues added) {
        return row != NONE && added.position(row) == added.position(other);
    }

    @Nullable
    Gap gap(int row) {
        return gaps.get(row);
    }

    boolean lacks(int row, int column) {
        Gap gap = gaps.get(row);
        return gap != null && gap.lacks(column);
    }

    /** The rows that need values before they can be written, in the order in which they were read. */
    int[] toFill(BitSet superseded) {
        BitSet rows = new BitSet();
        gaps.forEach((row, gap) -> {
            boolean isState = gap.kind() == Gap.Kind.CHANGED || gap.kind() == Gap.Kind.ARRIVED;
            rows.set(row, isState && !superseded.get(row));
        });
        handedOver.values().forEach(rows::set);
        return rows.stream().toArray();
    }

    long size() {
        return (long) Gap.BYTES * gaps.size();
    }

    long capacity() {
        return size() + (long) Integer.BYTES * previous.length;
    }

    void clear() {
        gaps.clear();
        handedOver.clear();
    }
}
