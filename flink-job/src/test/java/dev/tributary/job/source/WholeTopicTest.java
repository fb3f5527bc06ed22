package dev.tributary.job.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.job.JobStopped;
import java.util.Collection;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer.PartitionOffsetsRetriever;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class WholeTopicTest {

    private static final TopicPartition FIRST = new TopicPartition("orders", 0);
    private static final TopicPartition SECOND = new TopicPartition("orders", 1);

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

    @Test
    void aTopicIsReadFromItsFirstRecord() {
        Map<TopicPartition, Long> beginnings = Map.of(FIRST, 0L, SECOND, 0L);

        Map<TopicPartition, Long> offsets =
                new WholeTopic().getPartitionOffsets(beginnings.keySet(), new Beginnings(beginnings));

        assertThat(offsets).isEqualTo(beginnings);
    }

    @Test
    void aTopicWhoseBeginningIsGoneStopsTheJob() {
        Map<TopicPartition, Long> beginnings = Map.of(FIRST, 0L, SECOND, 17L);

        assertThatThrownBy(() -> new WholeTopic().getPartitionOffsets(beginnings.keySet(), new Beginnings(beginnings)))
                .isInstanceOf(JobStopped.class)
                .hasMessageStartingWith("OffsetsExpired: ")
                .hasMessageContaining("orders-1@17");
    }

    @Test
    void anOffsetThatExpiresLaterIsNotSkipped() {
        assertThat(new WholeTopic().getAutoOffsetResetStrategy()).isEqualTo(OffsetResetStrategy.NONE);
    }
}
