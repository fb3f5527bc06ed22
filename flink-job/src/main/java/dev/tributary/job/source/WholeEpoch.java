package dev.tributary.job.source;

import dev.tributary.job.JobStopped;
import dev.tributary.job.StopReason;
import dev.tributary.jobspec.JobSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads each partition from where the epoch begins, and never past a gap: a topic whose records of this epoch are gone
 * stops the job, at the first start as well as later. {@code OffsetsInitializer.earliest()} would also set
 * {@code auto.offset.reset=earliest}, with which Kafka's client goes on silently behind expired records.
 */
final class WholeEpoch implements OffsetsInitializer {

    private static final long serialVersionUID = 1L;

    private final HashMap<String, List<Long>> startOffsets;

    WholeEpoch(JobSpec spec) {
        startOffsets = spec.tables().stream()
                .collect(
                        Collectors.toMap(JobSpec.Table::topic, JobSpec.Table::startOffsets, (a, b) -> a, HashMap::new));
    }

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever offsets) {
        Map<TopicPartition, Long> beginnings = offsets.beginningOffsets(partitions);
        List<TopicPartition> byName = new ArrayList<>(partitions);
        byName.sort(Comparator.comparing(TopicPartition::toString));
        Map<TopicPartition, Long> starts = new HashMap<>();
        for (TopicPartition partition : byName) {
            long start = start(partition);
            long beginning = beginnings.getOrDefault(partition, 0L);
            if (beginning > start) {
                throw new JobStopped(
                        StopReason.OFFSETS_EXPIRED,
                        "the job has not read the topic yet, and the records from " + partition + "@" + start + " to "
                                + beginning + " are gone");
            }
            starts.put(partition, start);
        }
        return starts;
    }

    private long start(TopicPartition partition) {
        List<Long> offsets = startOffsets.getOrDefault(partition.topic(), List.of());
        return partition.partition() < offsets.size() ? offsets.get(partition.partition()) : 0;
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return OffsetResetStrategy.NONE;
    }
}
