package dev.tributary.operator.condition;

import java.util.List;
import java.util.stream.Stream;

/** The conditions of a TenantPipeline, in the order in which they are reached and shown. */
public enum ConditionType {
    Accepted("The tenant belongs to the pipeline's namespace."),
    ReferencesResolved("Class and Secrets are there and complete."),
    SourceReady("The client's database can be captured: reachable, permitted, every table and column can be carried."),
    KafkaReady("The topics are there."),
    SchemaReady("The ClickHouse database and tables are there."),
    ProcessingReady("The Flink job runs."),
    CaptureReady("Debezium captures: it snapshots or streams."),
    SnapshotComplete("Every listed table was read in this epoch; changes are streamed."),
    DataLoss("Changes of the source are known never to arrive. True until a person has a new epoch begin."),
    Ready("All stages up to CaptureReady hold for the newest spec, and no rows of an older epoch are left over."),
    Stalled("Only a person can help. Absent otherwise."),
    Reconciling("It moves towards what is wanted. Absent otherwise.");

    private final String meaning;

    ConditionType(String meaning) {
        this.meaning = meaning;
    }

    /** What it says when it is True, as a sentence for people. */
    public String meaning() {
        return meaning;
    }

    /** What Ready is made of, in the order in which it is reached. */
    public static List<ConditionType> stages() {
        return Stream.of(values()).limit(CaptureReady.ordinal() + 1L).toList();
    }
}
