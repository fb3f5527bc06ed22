package dev.tributary.job.clickhouse;

import dev.tributary.job.source.RawRecord;
import dev.tributary.jobspec.JobSpec;
import dev.tributary.jobspec.JobSpecJson;
import java.time.Duration;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Writes the tables of one spec, at least once; the rows' versions make repetitions harmless. */
public final class ClickHouseSink implements Sink<RawRecord> {

    private static final long serialVersionUID = 1L;

    private final JobSpec spec;

    /** Made where the job is submitted, so that the TaskManager need not load a JSON library to start. */
    private final String specHash;

    public ClickHouseSink(JobSpec spec) {
        this.spec = spec;
        this.specHash = JobSpecJson.hash(JobSpecJson.write(spec));
    }

    @Override
    public SinkWriter<RawRecord> createWriter(WriterInitContext context) {
        Credentials credentials = Credentials.fromEnvironment(System.getenv());
        WriterLimits limits = WriterLimits.DEFAULT.with(Duration.ofMillis(spec.flushMillis()));
        WriterShare share = WriterShare.of(
                Runtime.getRuntime().maxMemory(), context.getTaskInfo().getNumberOfParallelSubtasks());
        return new BatchingWriter(
                spec,
                specHash,
                limits,
                share,
                new Connection(spec, credentials, limits),
                context.getProcessingTimeService(),
                context.metricGroup());
    }
}
