package dev.tributary.bench.job;

import dev.tributary.job.source.RawRecord;
import org.apache.flink.api.connector.sink2.SinkWriter;

/** Throws records away as they are. */
final class DiscardingWriter implements SinkWriter<RawRecord> {

    @Override
    public void write(RawRecord record, Context context) {}

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public void close() {}
}
