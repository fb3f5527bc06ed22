package dev.tributary.job.source;

import dev.tributary.job.JobStopped;
import dev.tributary.job.StopReason;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads each partition from its first record ever, and never past a gap: a topic whose beginning is gone stops the job,
 * at the first start as well as later. {@code OffsetsInitializer.earliest()} would also set
 * {@code auto.offset.reset=earliest}, with which Kafka's client goes on silently behind expired records.
 */
final class WholeTopic implements OffsetsInitializer {

    private static final long serialVersionUID = 1L;

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever offsets) {
        Map<TopicPartition, Long> beginnings = offsets.beginningOffsets(partitions);
        byName(beginnings).forEach((partition, offset) -> {
            if (offset > 0) {
                throw new JobStopped(
                        StopReason.OFFSETS_EXPIRED,
                        "the job has not read the topic yet, and its records before " + partition + "@" + offset
                                + " are gone");
            }
        });
        return beginnings;
    }

    private static Map<String, Long> byName(Map<TopicPartition, Long> offsets) {
        Map<String, Long> named = new TreeMap<>();
        offsets.forEach((partition, offset) -> named.put(partition.toString(), offset));
        return named;
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return OffsetResetStrategy.NONE;
    }
}
