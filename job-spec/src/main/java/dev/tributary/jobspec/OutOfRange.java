package dev.tributary.jobspec;

/** What becomes of a value that its ClickHouse type cannot hold. */
public enum OutOfRange {
    /** The job stops there. */
    STOP,
    /** The nearest date or time that the type can hold. */
    CLAMP,
    /** NULL. */
    NULL
}
