package dev.tributary.job;

/** Why the job stopped: the first word of {@link JobStopped}'s message, for whoever reads it by machine. */
public enum StopReason {
    /** The source table was truncated. */
    SOURCE_TRUNCATED("SourceTruncated"),
    /** A record has a column that the job does not know. */
    UNKNOWN_COLUMN("UnknownColumn"),
    /** A record lacks a column that the job expects. */
    MISSING_COLUMN("MissingColumn"),
    /** Capture did not have a value, because it was not changed (TOAST), and ClickHouse does not have it either. */
    UNAVAILABLE_VALUE("UnavailableValue"),
    /** A row of a table without a key was updated or deleted, and nothing tells which. */
    NOT_APPEND_ONLY("NotAppendOnly"),
    /** A value does not fit its column in ClickHouse, and would have to be bent. */
    VALUE_OUT_OF_RANGE("ValueOutOfRange"),
    /** A NULL in a column that does not allow it. */
    NOT_NULL_VIOLATED("NotNullViolated"),
    /** A record that carries no tenant, or another's. */
    TENANT_MISMATCH("TenantMismatch"),
    /** A record that says no epoch, or a later one than the job was started for. */
    EPOCH_MISMATCH("EpochMismatch"),
    /** A record that is no change event, or a value in another form than its type's. */
    MALFORMED_RECORD("MalformedRecord"),
    /** The key that a row had before, or has from then on, is no key of its table. */
    MALFORMED_KEY("MalformedKey"),
    /** A record that builds on one in quarantine: it leaves values unchanged that only that one has. */
    FOLLOWS_QUARANTINED("FollowsQuarantined"),
    /** More records are in quarantine than the job can keep in mind. */
    QUARANTINE_FULL("QuarantineFull"),
    /** Records are gone from the topic before they were read. */
    OFFSETS_EXPIRED("OffsetsExpired"),
    /** No connection to ClickHouse, or it did not answer in time. */
    CLICKHOUSE_UNREACHABLE("ClickHouseUnreachable"),
    /** ClickHouse does not accept the user or the password, or lacks a grant. */
    CLICKHOUSE_ACCESS_DENIED("ClickHouseAccessDenied"),
    /** ClickHouse has too many parts, too little memory or disk, or is read-only, for longer than the job waits. */
    CLICKHOUSE_OVERLOADED("ClickHouseOverloaded"),
    /** ClickHouse refused the rows, and would refuse them again. */
    CLICKHOUSE_REFUSED("ClickHouseRefused"),
    /** The job was started with wrong arguments, a wrong JobSpec or without checkpoints. */
    INVALID_START("InvalidStart");

    private final String label;

    StopReason(String label) {
        this.label = label;
    }

    /** The reason as it stands in messages: one word, stable. */
    public String label() {
        return label;
    }
}
