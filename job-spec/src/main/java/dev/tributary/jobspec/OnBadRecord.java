package dev.tributary.jobspec;

/** What the job does with a record that it cannot carry for what is in it. */
public enum OnBadRecord {
    /** It stops there. */
    STOP,
    /** It puts the record and all of its table that come after it into {@link JobTable#QUARANTINE}, and goes on with the others. */
    STOP_TABLE,
    /** It puts the record into {@link JobTable#QUARANTINE} and goes on. */
    QUARANTINE
}
