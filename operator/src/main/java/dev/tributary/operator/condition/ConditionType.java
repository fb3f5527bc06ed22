package dev.tributary.operator.condition;

/** The conditions of a TenantPipeline, in the order in which they are reached and shown. */
public enum ConditionType {
    /** The tenant belongs to the pipeline's namespace. */
    Accepted,
    /** Class and Secrets are there and complete. */
    ReferencesResolved,
    /** The client's database can be captured: reachable, permitted, every table and column can be carried. */
    SourceReady,
    /** The topics are there. */
    KafkaReady,
    /** The ClickHouse database and tables are there. */
    SchemaReady,
    /** The Flink job runs. */
    ProcessingReady,
    /** Debezium captures: it snapshots or streams. */
    CaptureReady,
    /** Every listed table was read in this epoch; changes are streamed. */
    SnapshotComplete,
    /** Changes of the source are known never to arrive. True until a person has a new epoch begin. */
    DataLoss,
    /** The stages up to CaptureReady, observed at this generation; and no older rows are left over from another epoch. */
    Ready,
    /** Only a person can help. Absent otherwise. */
    Stalled,
    /** It moves towards what is wanted. Absent otherwise. */
    Reconciling
}
