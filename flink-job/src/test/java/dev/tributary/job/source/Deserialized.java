package dev.tributary.job.source;

import dev.tributary.jobspec.JobSpec;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The job's side of the topic, for tests of what comes after it. */
public final class Deserialized {

    private final RecordDeserializer deserializer;

    public Deserialized(JobSpec spec) {
        deserializer = new RecordDeserializer(spec);
    }

    /** The record as the job hands it on, or nothing when the job leaves it out. */
    public List<RawRecord> of(ConsumerRecord<byte[], byte[]> record) {
        List<RawRecord> passed = new ArrayList<>();
        deserializer.deserialize(record, new ListCollector<>(passed));
        return passed;
    }
}
