package dev.tributary.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What a user writes. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TenantPipelineSpec(
        @Required
        @Size(min = 1, max = 24)
        @Pattern("^[a-z]([-a-z0-9]{0,22}[a-z0-9])?$")
        @ValidationRule(
                value = "self == oldSelf",
                message = "tenant cannot be changed: delete this pipeline and create another")
        @ValidationRule(
                value = "!(self in ['default', 'system', 'information-schema', 'null', 'tributary'])",
                message = "this tenant name belongs to an engine or to Tributary itself: choose another")
        @JsonPropertyDescription(
                "The client's id, also known as client_id: lower-case letters, digits and '-', at most 24, beginning"
                        + " with a letter. It belongs to the first namespace that uses it, names the ClickHouse database (with"
                        + " '_' for '-') and every topic, and is stamped on every row. It cannot be changed.")
        String tenant,

        @Nullable
        @JsonPropertyDescription(
                "The PipelineClass that says which engines are used. Omitted: the default class, pinned once it is"
                        + " resolved (see status.effective.className).")
        ClassRef classRef,

        @Nullable
        @JsonPropertyDescription(
                "Running, or Paused: the connector is stopped and the job suspended with a savepoint, and nothing touches"
                        + " the source. status.paused says what that holds back. Omitted: Running.")
        DesiredState desiredState,

        @Required @JsonPropertyDescription("The database to read from, and which of its tables.")
        Source source,

        @Nullable @JsonPropertyDescription("How changes are processed on their way.")
        Processing processing,

        @Nullable
        @JsonPropertyDescription(
                "What becomes of the data when the pipeline is deleted. Retain: topics and ClickHouse tables stay, and only a"
                        + " pipeline of this namespace and name may take them back. Delete: they are deleted. Omitted: Retain.")
        DeletionPolicy deletionPolicy) {

    /** A pipeline that runs, and loses its data only by a word of its user's. */
    public TenantPipelineSpec(String tenant, @Nullable ClassRef classRef, Source source) {
        this(tenant, classRef, null, source, null, null);
    }

    /** Whether it should run. */
    public enum DesiredState {
        Running,
        Paused
    }

    /** What becomes of the data. */
    public enum DeletionPolicy {
        Retain,
        Delete
    }

    /** How soon a change is to be queryable. */
    public enum Latency {
        RealTime,
        NearRealTime,
        Batch
    }

    /** What becomes of a table that is truncated at the source. */
    public enum OnTruncate {
        Stop,
        Apply
    }

    /** What becomes of a record that cannot be carried for what is in it. */
    public enum OnBadRecord {
        Stop,
        StopTable,
        Quarantine
    }

    /** How changes are processed. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Processing(
            @Nullable
            @JsonPropertyDescription(
                    "How soon a change is to be queryable, and so how small the inserts are: RealTime within tenths of a"
                            + " second, NearRealTime within a second or two, Batch within about a minute. The sooner, the more"
                            + " parts ClickHouse has to merge. Changing it restarts the connector and the job. Omitted:"
                            + " NearRealTime.")
            Latency latency,

            @Nullable
            @JsonPropertyDescription(
                    "What becomes of a table that is truncated at the source. Apply: its rows go, as deleted ones do. Stop: the"
                            + " job stops there, and processes nothing until this is changed or all tables are read once more."
                            + " Omitted: Apply.")
            OnTruncate onTruncate,

            @Nullable
            @JsonPropertyDescription(
                    "What becomes of a record that cannot be carried for what is in it, such as a value that its column cannot"
                            + " hold. Stop: the job stops there. Quarantine: the record is put aside in ClickHouse, out of"
                            + " analysts' reach, the rest goes on, and condition DataLoss says so until the row is whole again."
                            + " StopTable: so are all records of its table that come after it, also where a column is too many"
                            + " or too few, and the other tables go on. Omitted: Stop.")
            OnBadRecord onBadRecord,

            @Nullable
            @Size(min = 2, max = 6)
            @Pattern("^([1-9][0-9]{0,4}s|[1-9][0-9]{0,3}m|[1-9][0-9]{0,2}h|[1-9][0-9]?d)$")
            @JsonPropertyDescription(
                    "A change that the job reads later than this after its commit counts as late in the job's metrics, such as"
                            + " 10m; at most 99d. It is written like any other. Changing it restarts the job. Omitted: 1h.")
            String lateAfter) {

        /** Only a latency; the rest as it is when it is left out. */
        public Processing(Latency latency) {
            this(latency, null, null, null);
        }
    }

    /** How soon a change is to be queryable. */
    public Latency wantedLatency() {
        return processing == null || processing.latency() == null ? Latency.NearRealTime : processing.latency();
    }

    /** What becomes of a table that is truncated at the source. */
    public OnTruncate wantedOnTruncate() {
        return processing == null || processing.onTruncate() == null ? OnTruncate.Apply : processing.onTruncate();
    }

    /** What becomes of a record that cannot be carried for what is in it. */
    public OnBadRecord wantedOnBadRecord() {
        return processing == null || processing.onBadRecord() == null ? OnBadRecord.Stop : processing.onBadRecord();
    }

    /** After which duration a change counts as late, in the API's notation. */
    public String wantedLateAfter() {
        return processing == null || processing.lateAfter() == null ? "1h" : processing.lateAfter();
    }

    /** Whether it is to stand still. */
    public boolean wantsPause() {
        return desiredState == DesiredState.Paused;
    }

    /** Whether the data goes with the pipeline. */
    public boolean wantsDataDeleted() {
        return deletionPolicy == DeletionPolicy.Delete;
    }

    /** A reference to a {@link PipelineClass}. */
    public record ClassRef(
            @Required
            @Size(min = 1, max = 253)
            @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
            @JsonPropertyDescription("The name of a PipelineClass.")
            String name) {}
}
