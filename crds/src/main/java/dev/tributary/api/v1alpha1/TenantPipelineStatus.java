package dev.tributary.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.tributary.api.v1alpha1.TenantPipelineSpec.Latency;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is, as the operator last saw it. Values that move all the time are metrics, not status. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TenantPipelineStatus(
        @Nullable @JsonPropertyDescription("The generation of the spec that all of this is about.")
        Long observedGeneration,

        @Nullable @JsonPropertyDescription("The kind of the source: postgresql.")
        String source,

        @Nullable @JsonPropertyDescription("Tables whose target exists, of tables listed: 3/3.")
        String tables,

        @Nullable @JsonPropertyDescription("What holds, defaults resolved, and the names that were derived.")
        Effective effective,

        @Nullable @JsonPropertyDescription("What a pause holds back; absent while the pipeline runs.")
        Paused paused,

        @Nullable
        @JsonPropertyDescription(
                "Accepted, ReferencesResolved, SourceReady, KafkaReady, SchemaReady, ProcessingReady, CaptureReady in the"
                        + " order in which they are reached; SnapshotComplete; DataLoss; Ready when all hold; Stalled when only a person"
                        + " can help; Reconciling while it moves.")
        List<Condition> conditions) {

    /** What holds, defaults resolved. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Effective(
            @Nullable @JsonPropertyDescription("The PipelineClass in use.")
            String className,

            @Nullable @JsonPropertyDescription("The epoch, from 1: it rises whenever all tables are read anew.")
            Integer epoch,

            @Nullable @JsonPropertyDescription("How soon a change is queryable: RealTime, NearRealTime or Batch.")
            Latency latency,

            @Nullable @JsonPropertyDescription("The ClickHouse database, such as acme.")
            String database,

            @Nullable
            @JsonPropertyDescription("What the names of this pipeline's Kafka topics begin with, such as acme.shop.")
            String topicPrefix,

            @Nullable @JsonPropertyDescription("The KafkaConnector, in the class's Connect namespace.")
            String connector,

            @Nullable @JsonPropertyDescription("The FlinkDeployment, in the class's Flink namespace.")
            String flinkDeployment,

            @Nullable @JsonPropertyDescription("The replication slot at the source.")
            String slot,

            @Nullable @JsonPropertyDescription("The publication at the source.")
            String publication) {}

    /** What a pause holds back. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Paused(
            @JsonPropertyDescription("Since when all stands still, such as 2026-01-31T12:00:00Z.")
            String since,

            @Nullable
            @JsonPropertyDescription(
                    "What the source keeps for the replication slot, and how much at most: beyond a limit the slot is lost,"
                            + " without one the disk of the source may fill.")
            String sourceKeeps,

            @Nullable
            @JsonPropertyDescription(
                    "Until when Kafka keeps what was captured and is not in ClickHouse yet: resumed later, it may be lost.")
            String kafkaKeepsUntil) {}
}
