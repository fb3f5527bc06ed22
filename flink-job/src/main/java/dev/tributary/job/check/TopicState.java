package dev.tributary.job.check;

import java.util.List;

/** What Kafka says of a topic. */
sealed interface TopicState {

    /** There is none, or none that may be seen. */
    record Missing() implements TopicState {}

    /** Kafka answered with an error. */
    record Refused(String error) implements TopicState {}

    /** @param partitions in their order */
    record Present(boolean readable, List<Range> partitions) implements TopicState {}

    /**
     * The records of a partition.
     *
     * @param first the offset of the oldest that is still there
     * @param end the offset that the next one will get
     */
    record Range(long first, long end) {}
}
