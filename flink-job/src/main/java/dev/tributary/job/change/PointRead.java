package dev.tributary.job.change;

/** Asks ClickHouse for single rows. */
public interface PointRead {

    /**
     * Reads what was asked for.
     *
     * @param most the bytes that may be read
     * @return false if there were more: what was read then is void
     * @throws dev.tributary.job.JobStopped when ClickHouse refuses, or was not to be had for too long
     * @throws InterruptedException when the job ends meanwhile
     */
    boolean read(StoredRows rows, long most) throws InterruptedException;
}
