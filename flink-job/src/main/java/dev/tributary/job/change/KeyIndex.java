package dev.tributary.job.change;

import java.util.Arrays;

/** Finds the row of a batch that has the same key: open addressing, no object per key. */
final class KeyIndex {

    private static final int SMALLEST = 1024;

    private final ColumnBuffer[] keys;

    /** Row + 1, or 0 where the slot is free. */
    private int[] slots = new int[SMALLEST];

    private int[] hashes = new int[SMALLEST];
    private int used;

    /** @param keys the key columns; their rows are those the index speaks of */
    KeyIndex(ColumnBuffer[] keys) {
        this.keys = keys;
    }

    /** The slot that holds the key of this row, or the free one where it belongs. */
    int slot(int row) {
        if (2 * used >= slots.length) {
            grow();
        }
        int hash = hash(row);
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0 && !(hashes[slot] == hash && same(slots[slot] - 1, row))) {
            slot = (slot + 1) & mask;
        }
        hashes[slot] = hash;
        return slot;
    }

    /** The row in a slot, or -1. */
    int row(int slot) {
        return slots[slot] - 1;
    }

    /** Puts a row into the slot just found for it. */
    void set(int slot, int row) {
        if (slots[slot] == 0) {
            used++;
        }
        slots[slot] = row + 1;
    }

    private int hash(int row) {
        int hash = 0;
        for (ColumnBuffer key : keys) {
            hash = 31 * hash + key.hash(row);
        }
        hash *= 0x9E3779B9;
        return hash ^ hash >>> 15;
    }

    private boolean same(int row, int other) {
        for (ColumnBuffer key : keys) {
            if (!key.same(row, other)) {
                return false;
            }
        }
        return true;
    }

    private void grow() {
        int[] oldSlots = slots;
        int[] oldHashes = hashes;
        slots = new int[2 * oldSlots.length];
        hashes = new int[slots.length];
        int mask = slots.length - 1;
        for (int old = 0; old < oldSlots.length; old++) {
            if (oldSlots[old] != 0) {
                int slot = oldHashes[old] & mask;
                while (slots[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                slots[slot] = oldSlots[old];
                hashes[slot] = oldHashes[old];
            }
        }
    }

    void clear() {
        Arrays.fill(slots, 0);
        used = 0;
    }

    long capacity() {
        return 2L * Integer.BYTES * slots.length;
    }
}
