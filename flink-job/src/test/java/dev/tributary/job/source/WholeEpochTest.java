package dev.tributary.job.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.job.JobStopped;
import dev.tributary.job.change.Specs;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer.PartitionOffsetsRetriever;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class WholeEpochTest {

    private static final TopicPartition FIRST = new TopicPartition("acme.shop.public.orders", 0);
    private static final TopicPartition SECOND = new TopicPartition("acme.shop.public.orders", 1);

    /** Partitions that begin at these offsets. */
    private record Beginnings(Map<TopicPartition, Long> offsets) implements PartitionOffsetsRetriever {
        @Override
        public Map<TopicPartition, Long> committedOffsets(Collection<TopicPartition> partitions) {
            throw new AssertionError("committed offsets are for display only");
        }

        @Override
        public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
            throw new AssertionError("a job does not start at the end");
        }

        @Override
        public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
            return offsets;
        }

        @Override
        public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> timestamps) {
            throw new AssertionError("a job does not start at a time");
        }
    }

    private static WholeEpoch epoch(Long... startOffsets) {
        return new WholeEpoch(Specs.spec("http://clickhouse:8123", Specs.startingAt(List.of(startOffsets))));
    }

    @Test
    void anEpochIsReadFromWhereItBegan() {
        Map<TopicPartition, Long> beginnings = Map.of(FIRST, 3L, SECOND, 0L);

        Map<TopicPartition, Long> offsets =
                epoch(5L).getPartitionOffsets(beginnings.keySet(), new Beginnings(beginnings));

        assertThat(offsets).isEqualTo(Map.of(FIRST, 5L, SECOND, 0L));
    }

    @Test
    void aTopicIsReadFromItsFirstRecord() {
        Map<TopicPartition, Long> beginnings = Map.of(FIRST, 0L, SECOND, 0L);

        Map<TopicPartition, Long> offsets =
                epoch().getPartitionOffsets(beginnings.keySet(), new Beginnings(beginnings));

        assertThat(offsets).isEqualTo(beginnings);
    }

    @Test
    void aTopicWhoseBeginningIsGoneStopsTheJob() {
        Map<TopicPartition, Long> beginnings = Map.of(FIRST, 0L, SECOND, 17L);

        assertThatThrownBy(() -> epoch().getPartitionOffsets(beginnings.keySet(), new Beginnings(beginnings)))
                .isInstanceOf(JobStopped.class)
                .hasMessageStartingWith("OffsetsExpired: ")
                .hasMessageContaining("orders-1@0 to 17");
    }

    @Test
    void anOffsetThatExpiresLaterIsNotSkipped() {
        assertThat(epoch().getAutoOffsetResetStrategy()).isEqualTo(OffsetResetStrategy.NONE);
    }
}
