package dev.tributary.job.change;

import java.util.BitSet;

/**
 * What a row lacks: values that were not changed, and that capture therefore did not receive (TOAST).
 *
 * @param kind what the row is, which says where the values are
 * @param columns the columns, by index
 * @param partition where the record stands that lacks them
 * @param offset where the record stands that lacks them
 */
record Gap(Kind kind, BitSet columns, int partition, long offset) {

    /** Roughly what one takes in memory. */
    static final int BYTES = 160;

    enum Kind {
        /** A row that has no row before it to take values from. */
        CREATED,
        /** A change of a row: its values are those of the row before. */
        CHANGED,
        /** The row under its new key, with the values that it had under the old one. */
        ARRIVED,
        /** The old key's tombstone: it is written without values, but who looks for them passes it. */
        LEFT,
        /** A tombstone under the new key that hands the values over, should the row itself come in another batch. */
        HANDED_OVER;

        static Kind of(Operation operation) {
            return operation == Operation.UPDATE ? CHANGED : CREATED;
        }
    }

    boolean lacks(int column) {
        return columns.get(column);
    }
}
