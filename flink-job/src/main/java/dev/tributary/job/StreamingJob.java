package dev.tributary.job;

import dev.tributary.job.clickhouse.ClickHouseSink;
import dev.tributary.job.source.ChangeSource;
import dev.tributary.jobspec.JobSpec;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The Flink job of one spec. Everything about Flink itself (checkpoints, restarts, memory) is the cluster's configuration. */
final class StreamingJob {

    private StreamingJob() {}

    static void run(JobSpec spec) throws Exception {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        build(spec, environment);
        environment.execute(spec.tenant() + "/" + spec.pipeline());
    }

    /** Source chained to sink, nothing between: one partition is one order, and stays in one task. */
    static void build(JobSpec spec, StreamExecutionEnvironment environment) {
        if (!environment.getCheckpointConfig().isCheckpointingEnabled()) {
            throw new JobStopped(
                    StopReason.INVALID_START,
                    "checkpoints are off, so every restart would begin anew: set execution.checkpointing.interval");
        }
        environment.getConfig().enableObjectReuse();
        environment
                .fromSource(ChangeSource.of(spec), WatermarkStrategy.noWatermarks(), "changes")
                .uid("changes")
                .sinkTo(new ClickHouseSink(spec))
                .name("clickhouse")
                .uid("clickhouse");
    }
}
