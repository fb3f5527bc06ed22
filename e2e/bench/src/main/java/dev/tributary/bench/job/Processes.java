package dev.tributary.bench.job;

/**
 * Whose CPU time is read.
 *
 * @param flink the process of {@link FlinkMain}, JobManager and TaskManager in one
 * @param kafka the broker
 * @param clickHouse the server
 */
record Processes(long flink, long kafka, long clickHouse) {}
