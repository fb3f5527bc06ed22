package dev.tributary.jobspec;

/** How it stands with a record in {@link JobTable#QUARANTINE}. */
public enum QuarantineState {
    /** What it tells is missing in its target. */
    OPEN("Open"),
    /** A later job could carry it, and did. */
    REDRIVEN("Redriven"),
    /** A later change of the same key has all of the row's values. */
    SUPERSEDED("Superseded"),
    /** The table was read again, in a later epoch. */
    REREAD("Reread");

    private final String label;

    QuarantineState(String label) {
        this.label = label;
    }

    /** The word in the table. */
    public String label() {
        return label;
    }
}
