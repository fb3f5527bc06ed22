package dev.tributary.operator.condition;

import static dev.tributary.operator.condition.ConditionType.Accepted;
import static dev.tributary.operator.condition.ConditionType.CaptureReady;
import static dev.tributary.operator.condition.ConditionType.DataLoss;
import static dev.tributary.operator.condition.ConditionType.KafkaReady;
import static dev.tributary.operator.condition.ConditionType.ProcessingReady;
import static dev.tributary.operator.condition.ConditionType.Ready;
import static dev.tributary.operator.condition.ConditionType.ReferencesResolved;
import static dev.tributary.operator.condition.ConditionType.SchemaReady;
import static dev.tributary.operator.condition.ConditionType.SnapshotComplete;
import static dev.tributary.operator.condition.ConditionType.SourceReady;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Every reason a condition can carry. */
public enum Reason {
    // Good.
    Claimed(Remedy.NONE, Accepted),
    Resolved(Remedy.NONE, ReferencesResolved),
    Reachable(Remedy.NONE),
    Inspected(Remedy.NONE, SourceReady),
    TopicsReady(Remedy.NONE, KafkaReady),
    TablesReady(Remedy.NONE, SchemaReady),
    JobRunning(Remedy.NONE, ProcessingReady),
    Snapshotting(Remedy.NONE, CaptureReady, SnapshotComplete),
    Streaming(Remedy.NONE, CaptureReady, SnapshotComplete),
    Running(Remedy.NONE, Ready),
    NoLossKnown(Remedy.NONE, DataLoss),
    Paused(Remedy.NONE, Ready),

    // Moving.
    Pending(
            Remedy.TIME,
            Accepted,
            ReferencesResolved,
            SourceReady,
            KafkaReady,
            SchemaReady,
            ProcessingReady,
            CaptureReady,
            SnapshotComplete),
    TopicsCreating(Remedy.TIME, KafkaReady),
    JobStarting(Remedy.TIME, ProcessingReady),
    ConnectorStarting(Remedy.TIME, CaptureReady),
    Deleting(Remedy.TIME, SourceReady, KafkaReady, ProcessingReady, CaptureReady),
    Pausing(Remedy.TIME, Ready),
    OperatorError(
            Remedy.TIME,
            Accepted,
            ReferencesResolved,
            SourceReady,
            KafkaReady,
            SchemaReady,
            ProcessingReady,
            CaptureReady),
    NewEpoch(Remedy.TIME, SnapshotComplete),
    Resnapshotting(Remedy.TIME, SnapshotComplete),
    TableAdded(Remedy.TIME, CaptureReady),
    TargetMissing(Remedy.TIME, SchemaReady),

    ServerReplaced(Remedy.PERSON, DataLoss),
    TimelineChanged(Remedy.PERSON, DataLoss),
    SlotMissing(Remedy.PERSON, DataLoss),
    SlotInvalidated(Remedy.PERSON, DataLoss),
    PositionLost(Remedy.PERSON, DataLoss),
    PublicationMissing(Remedy.PERSON, DataLoss),
    PublicationAltered(Remedy.PERSON, DataLoss),
    ReplicaIdentityChanged(Remedy.PERSON, DataLoss, SourceReady),
    KeyNotUnique(Remedy.PERSON, DataLoss, SourceReady),
    OffsetsExpired(Remedy.PERSON, DataLoss),
    RecordsQuarantined(Remedy.PERSON, DataLoss),

    TenantAlreadyClaimed(Remedy.PERSON, Accepted),

    ClassNotFound(Remedy.PERSON, ReferencesResolved),
    NamespaceNotAllowed(Remedy.PERSON, ReferencesResolved),
    NamespaceNotWatched(Remedy.PERSON, ReferencesResolved),
    EngineNotInstalled(Remedy.PERSON, ReferencesResolved),
    KafkaNotFound(Remedy.PERSON, ReferencesResolved),
    ConnectNotFound(Remedy.PERSON, ReferencesResolved),
    ConnectNotReady(Remedy.TIME, ReferencesResolved),
    ConnectorPluginMissing(Remedy.PERSON, ReferencesResolved),
    ConnectorLosesRows(Remedy.PERSON, ReferencesResolved),
    SecretNotFound(Remedy.PERSON, ReferencesResolved),
    SecretKeyMissing(Remedy.PERSON, ReferencesResolved),

    // The same names as dev.tributary.operator.source.Reason, and some that the operator finds itself.
    Unreachable(Remedy.TIME, SourceReady),
    AuthenticationFailed(Remedy.PERSON, SourceReady),
    UserNotSupported(Remedy.PERSON, SourceReady),
    DatabaseNotFound(Remedy.PERSON, SourceReady),
    TlsRequired(Remedy.PERSON, SourceReady),
    TlsNotOffered(Remedy.PERSON, SourceReady),
    CertificateInvalid(Remedy.PERSON, SourceReady),
    ServerTooOld(Remedy.PERSON, SourceReady),
    NotPrimary(Remedy.PERSON, SourceReady),
    WalLevelNotLogical(Remedy.PERSON, SourceReady),
    ReplicationNotPermitted(Remedy.PERSON, SourceReady),
    NoFreeReplicationSlot(Remedy.PERSON, SourceReady),
    PublicationNotPermitted(Remedy.PERSON, SourceReady),
    PublicationNotOwned(Remedy.PERSON, SourceReady, CaptureReady),
    PublicationNotFound(Remedy.PERSON, SourceReady),
    PublicationUnsuitable(Remedy.PERSON, SourceReady),
    SelectNotPermitted(Remedy.PERSON, SourceReady),
    RowSecurityActive(Remedy.PERSON, SourceReady),
    TypeNotSupported(Remedy.PERSON, SourceReady),
    TableNotFound(Remedy.PERSON, SourceReady),
    TableNotSupported(Remedy.PERSON, SourceReady),
    NoPrimaryKey(Remedy.PERSON, SourceReady),
    DeferrableKey(Remedy.PERSON, SourceReady),
    DeclaredKeyUnsuitable(Remedy.PERSON, SourceReady),
    ReplicaIdentityUnsuitable(Remedy.PERSON, SourceReady),
    UnsupportedColumnType(Remedy.PERSON, SourceReady),
    ReservedColumnName(Remedy.PERSON, SourceReady),
    RecordTooLarge(Remedy.PERSON, SourceReady),
    DatabaseChanged(Remedy.PERSON, SourceReady),
    SourceError(Remedy.TIME, SourceReady),
    TopicNameCollision(Remedy.PERSON, SourceReady),
    ColumnOptionNotPossible(Remedy.PERSON, SourceReady),

    KafkaUnreachable(Remedy.TIME, ReferencesResolved, KafkaReady),
    TopicNotOwned(Remedy.PERSON, KafkaReady),
    TopicFailed(Remedy.TIME, KafkaReady),

    ClickHouseUnreachable(Remedy.TIME, SchemaReady),
    ClickHouseRefused(Remedy.PERSON, SchemaReady),
    ClickHouseFailed(Remedy.TIME, SchemaReady),
    DatabaseNotOwned(Remedy.PERSON, SchemaReady),
    TableCollision(Remedy.PERSON, SchemaReady),
    TableNotOwned(Remedy.PERSON, SchemaReady),
    TableDiffers(Remedy.PERSON, SchemaReady),

    JobNotOwned(Remedy.PERSON, ProcessingReady),
    JobFailed(Remedy.TIME, ProcessingReady),

    PublicationChanged(Remedy.PERSON, CaptureReady),
    ConnectorNotOwned(Remedy.PERSON, CaptureReady),
    SnapshotInterrupted(Remedy.TIME, CaptureReady),
    SnapshotFails(Remedy.PERSON, CaptureReady),
    ConnectUnreachable(Remedy.TIME, CaptureReady),
    ConnectorFailed(Remedy.TIME, CaptureReady);

    private final Remedy remedy;
    private final Set<ConditionType> conditions;

    Reason(Remedy remedy, ConditionType... conditions) {
        this.remedy = remedy;
        this.conditions = conditions.length == 0
                ? Set.of()
                : Collections.unmodifiableSet(EnumSet.copyOf(Arrays.asList(conditions)));
    }

    /** What it takes. */
    public Remedy remedy() {
        return remedy;
    }

    /**
     * The conditions of a TenantPipeline whose own it is; none when only a PipelineClass has it. Ready, Stalled and
     * Reconciling repeat those of the others, CaptureReady those that the source has against its publication, and whoever
     * finds a loss tells it before DataLoss does.
     */
    public Set<ConditionType> conditions() {
        return conditions;
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
