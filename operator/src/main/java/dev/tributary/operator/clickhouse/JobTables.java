package dev.tributary.operator.clickhouse;

import java.util.Optional;

/** The job's own tables of one tenant (see {@link dev.tributary.jobspec.JobTable}). Empty answers mean that all is well. */
public interface JobTables {

    /** Sees to it that they are there, in a database that is. Those that are there are compared, never changed. */
    Optional<Refusal> ensure();

    /** What a pipeline has in quarantine. */
    QuarantineOutcome quarantined(String pipeline);

    /** Settles what a pipeline has in quarantine of epochs before this one, whose tables were read again. */
    Optional<Refusal> settleBefore(String pipeline, int epoch);

    /**
     * Removes what they hold of a pipeline.
     *
     * @param last whether it is the tenant's last: then the tables go
     */
    Optional<Refusal> remove(String pipeline, boolean last);
}
