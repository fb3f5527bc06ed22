package dev.tributary.operator.clickhouse;

import java.util.Optional;

/** The job's own tables of one tenant (see {@link dev.tributary.jobspec.JobTable}). Empty answers mean that all is well. */
public interface JobTables {

    /**
     * Sees to it that they and their database are there, and says what a pipeline has in quarantine. What is there is
     * compared, never changed.
     */
    QuarantineOutcome ensure(String pipeline);

    /** Settles what a pipeline has in quarantine of epochs before this one, whose tables were read again. */
    Optional<Refusal> settleBefore(String pipeline, int epoch);

    /**
     * Removes what they hold of a pipeline.
     *
     * @param last whether it is the tenant's last: then the tables go
     */
    Optional<Refusal> remove(String pipeline, boolean last);
}
