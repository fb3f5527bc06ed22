package dev.tributary.job.source;

import dev.tributary.jobspec.JobSpec;
import org.apache.flink.connector.kafka.source.KafkaSource;

/** The Kafka source over all topics of a spec. */
public final class ChangeSource {

    /** A partition added to a topic is found within this time; a topic that vanishes stops the job within it. */
    private static final String DISCOVERY_MILLIS = "60000";

    private ChangeSource() {}

    /** The topics must exist when the job starts: one that does not fails the job, which then is restarted. */
    public static KafkaSource<RawRecord> of(JobSpec spec) {
        return KafkaSource.<RawRecord>builder()
                .setBootstrapServers(spec.kafka().bootstrapServers())
                .setGroupId(spec.kafka().groupId())
                .setClientIdPrefix(spec.kafka().groupId())
                .setTopics(spec.tables().stream().map(JobSpec.Table::topic).toList())
                .setStartingOffsets(new WholeEpoch(spec))
                .setDeserializer(new RecordDeserializer(spec))
                .setProperty("partition.discovery.interval.ms", DISCOVERY_MILLIS)
                .setProperty("allow.auto.create.topics", "false")
                .build();
    }
}
