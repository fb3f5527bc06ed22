package dev.tributary.jobspec;

/** What the job does when a source table is truncated. */
public enum OnTruncate {
    /** It stops there. */
    STOP,
    /** Rows older than that go, also those that other partitions bring later. */
    APPLY
}
