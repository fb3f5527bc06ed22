package dev.tributary.bench.job;

import dev.tributary.job.change.Batch;
import dev.tributary.job.change.ChangeReader;
import dev.tributary.job.change.TableLayout;
import dev.tributary.job.source.RawRecord;
import dev.tributary.jobspec.JobSpec;
import org.apache.flink.api.connector.sink2.SinkWriter;

/** Reads records into the job's buffers, and empties them when the job would send them. */
final class ParsingWriter implements SinkWriter<RawRecord> {

    /** As many as the job sends at once. */
    static final int ROWS = 200_000;

    private final ChangeReader reader;
    private final Batch batch;

    ParsingWriter(JobSpec spec) {
        TableLayout layout = TableLayout.of(spec, spec.tables().get(0));
        reader = new ChangeReader(layout);
        batch = new Batch(layout);
    }

    @Override
    public void write(RawRecord record, Context context) {
        reader.read(record, batch);
        if (batch.rows() >= ROWS) {
            batch.clear();
        }
    }

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public void close() {}
}
