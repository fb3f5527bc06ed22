package dev.tributary.job.value;

/**
 * Counts the values that are out of the range of their type, and that others were carried for because the user wants it so.
 * Those of a row count once it ends.
 */
public final class Replacements {

    private long clamped;
    private long nulls;
    private int clampedInRow;
    private int nullsInRow;

    /** The nearest value stands for one. */
    void clamp() {
        clampedInRow++;
    }

    /** NULL stands for one. */
    public void makeNull() {
        nullsInRow++;
    }

    /** The row being read is carried. */
    public void endRow() {
        clamped += clampedInRow;
        nulls += nullsInRow;
        abandonRow();
    }

    /** The row being read is not carried. */
    public void abandonRow() {
        clampedInRow = 0;
        nullsInRow = 0;
    }

    public void clear() {
        clamped = 0;
        nulls = 0;
        abandonRow();
    }

    /** How many dates and timestamps became the nearest that fits. */
    public long clamped() {
        return clamped;
    }

    /** How many values became NULL. */
    public long nulls() {
        return nulls;
    }
}
