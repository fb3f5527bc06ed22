package dev.tributary.operator.condition;

/** Every reason a condition can carry. */
public enum Reason {
    // Good.
    Claimed(Remedy.NONE),
    Resolved(Remedy.NONE),
    Reachable(Remedy.NONE),
    Inspected(Remedy.NONE),
    TopicsReady(Remedy.NONE),
    TablesReady(Remedy.NONE),
    JobRunning(Remedy.NONE),
    Snapshotting(Remedy.NONE),
    Streaming(Remedy.NONE),
    Running(Remedy.NONE),
    NoLossKnown(Remedy.NONE),
    Paused(Remedy.NONE),

    // Moving.
    Pending(Remedy.TIME),
    TopicsCreating(Remedy.TIME),
    JobStarting(Remedy.TIME),
    ConnectorStarting(Remedy.TIME),
    Deleting(Remedy.TIME),
    Pausing(Remedy.TIME),
    OperatorError(Remedy.TIME),
    NewEpoch(Remedy.TIME),
    Resnapshotting(Remedy.TIME),
    TableAdded(Remedy.TIME),
    TargetMissing(Remedy.TIME),

    // DataLoss.
    ServerReplaced(Remedy.PERSON),
    TimelineChanged(Remedy.PERSON),
    SlotMissing(Remedy.PERSON),
    SlotInvalidated(Remedy.PERSON),
    PositionLost(Remedy.PERSON),
    PublicationMissing(Remedy.PERSON),
    PublicationAltered(Remedy.PERSON),
    OffsetsExpired(Remedy.PERSON),

    // Accepted.
    TenantAlreadyClaimed(Remedy.PERSON),

    // ReferencesResolved.
    ClassNotFound(Remedy.PERSON),
    NamespaceNotAllowed(Remedy.PERSON),
    NamespaceNotWatched(Remedy.PERSON),
    EngineNotInstalled(Remedy.PERSON),
    KafkaNotFound(Remedy.PERSON),
    ConnectNotFound(Remedy.PERSON),
    ConnectNotReady(Remedy.TIME),
    ConnectorPluginMissing(Remedy.PERSON),
    ConnectorLosesRows(Remedy.PERSON),
    SecretNotFound(Remedy.PERSON),
    SecretKeyMissing(Remedy.PERSON),

    // SourceReady; the same names as dev.tributary.operator.source.Reason.
    Unreachable(Remedy.TIME),
    AuthenticationFailed(Remedy.PERSON),
    UserNotSupported(Remedy.PERSON),
    DatabaseNotFound(Remedy.PERSON),
    TlsRequired(Remedy.PERSON),
    TlsNotOffered(Remedy.PERSON),
    CertificateInvalid(Remedy.PERSON),
    ServerTooOld(Remedy.PERSON),
    NotPrimary(Remedy.PERSON),
    WalLevelNotLogical(Remedy.PERSON),
    ReplicationNotPermitted(Remedy.PERSON),
    NoFreeReplicationSlot(Remedy.PERSON),
    PublicationNotPermitted(Remedy.PERSON),
    PublicationNotOwned(Remedy.PERSON),
    PublicationNotFound(Remedy.PERSON),
    PublicationUnsuitable(Remedy.PERSON),
    SelectNotPermitted(Remedy.PERSON),
    RowSecurityActive(Remedy.PERSON),
    TableNotFound(Remedy.PERSON),
    TableNotSupported(Remedy.PERSON),
    NoPrimaryKey(Remedy.PERSON),
    DeferrableKey(Remedy.PERSON),
    ReplicaIdentityUnsuitable(Remedy.PERSON),
    UnsupportedColumnType(Remedy.PERSON),
    ReservedColumnName(Remedy.PERSON),
    RecordTooLarge(Remedy.PERSON),
    DatabaseChanged(Remedy.PERSON),
    SourceError(Remedy.TIME),
    TopicNameCollision(Remedy.PERSON),

    // KafkaReady.
    KafkaUnreachable(Remedy.TIME),
    TopicNotOwned(Remedy.PERSON),
    TopicFailed(Remedy.TIME),

    // SchemaReady.
    ClickHouseUnreachable(Remedy.TIME),
    ClickHouseRefused(Remedy.PERSON),
    ClickHouseFailed(Remedy.TIME),
    DatabaseNotOwned(Remedy.PERSON),
    TableCollision(Remedy.PERSON),
    TableNotOwned(Remedy.PERSON),
    TableDiffers(Remedy.PERSON),

    // ProcessingReady.
    JobNotOwned(Remedy.PERSON),
    JobFailed(Remedy.TIME),

    // CaptureReady.
    PublicationChanged(Remedy.PERSON),
    ConnectorNotOwned(Remedy.PERSON),
    SnapshotInterrupted(Remedy.TIME),
    SnapshotFails(Remedy.PERSON),
    ConnectUnreachable(Remedy.TIME),
    ConnectorFailed(Remedy.TIME);

    private final Remedy remedy;

    Reason(Remedy remedy) {
        this.remedy = remedy;
    }

    /** What it takes. */
    public Remedy remedy() {
        return remedy;
    }

    /** What it takes to get on. */
    public enum Remedy {
        /** Nothing: it is well. */
        NONE,
        /** Time: it moves, or may heal by itself. */
        TIME,
        /** A person. */
        PERSON
    }
}
