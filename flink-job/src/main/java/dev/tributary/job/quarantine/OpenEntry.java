package dev.tributary.job.quarantine;

/**
 * What is kept in mind of a record in quarantine.
 *
 * @param place where it stands
 * @param position the position of its change, unsigned
 */
record OpenEntry(Place place, long position) {

    boolean isAtMost(long other) {
        return Long.compareUnsigned(position, other) <= 0;
    }
}
