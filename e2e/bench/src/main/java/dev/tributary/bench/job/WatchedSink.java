package dev.tributary.bench.job;

import dev.tributary.job.source.RawRecord;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * A sink whose first record starts the {@link Run}, and which is flushed as soon as a partition's last record came: the job itself
 * has no end.
 */
final class WatchedSink implements Sink<RawRecord> {

    private static final long serialVersionUID = 1L;

    private final Sink<RawRecord> watched;
    private final long[] ends;

    /** @param ends the offset behind the last record of each partition */
    WatchedSink(Sink<RawRecord> watched, List<Long> ends) {
        this.watched = watched;
        this.ends = ends.stream().mapToLong(Long::longValue).toArray();
    }

    @Override
    public SinkWriter<RawRecord> createWriter(WriterInitContext context) throws IOException {
        SinkWriter<RawRecord> writer = watched.createWriter(context);
        Run run = Run.current();
        return new SinkWriter<>() {

            private boolean started;

            @Override
            public void write(RawRecord record, Context context) throws IOException, InterruptedException {
                if (!started) {
                    started = true;
                    run.start();
                }
                writer.write(record, context);
                if (record.offset + 1 == ends[record.partition]) {
                    writer.flush(false);
                    run.partitionDone();
                }
            }

            @Override
            public void flush(boolean endOfInput) throws IOException, InterruptedException {
                writer.flush(endOfInput);
                run.checkpoint();
            }

            @Override
            public void close() throws Exception {
                writer.close();
            }
        };
    }
}
