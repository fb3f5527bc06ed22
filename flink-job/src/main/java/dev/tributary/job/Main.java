package dev.tributary.job;

import dev.tributary.job.clickhouse.ClickHouseSink;
import dev.tributary.job.source.ChangeSource;
import dev.tributary.jobspec.JobSpec;
import dev.tributary.jobspec.JobSpecJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Runs one pipeline: {@code --job-spec FILE}. Everything about Flink itself (checkpoints, restarts, memory) comes from
 * the cluster's configuration.
 */
public final class Main {

    private static final String USAGE = "usage: --job-spec FILE";

    private Main() {}

    /** Entry point of the jar. */
    public static void main(String[] args) throws Exception {
        JobSpec spec = read(args);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        build(spec, environment);
        environment.execute(spec.tenant() + "/" + spec.pipeline());
    }

    private static JobSpec read(String[] args) {
        if (args.length != 2 || !args[0].equals("--job-spec")) {
            throw new JobStopped(StopReason.INVALID_START, USAGE);
        }
        Path file = Path.of(args[1]);
        try {
            return JobSpecJson.read(Files.readString(file));
        } catch (IOException e) {
            throw new JobStopped(StopReason.INVALID_START, "cannot read " + file + " (" + USAGE + ")", e);
        } catch (IllegalArgumentException e) {
            throw new JobStopped(StopReason.INVALID_START, file + ": " + e.getMessage(), e);
        }
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
