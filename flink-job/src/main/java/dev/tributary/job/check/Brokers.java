package dev.tributary.job.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks Kafka for topics; changes nothing. */
final class Brokers implements AutoCloseable {

    /** Kafka did not answer in time, or has no address. */
    static final class Unreachable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreachable(String message) {
            super(message);
        }
    }

    private final Admin admin;
    private final Duration patience;

    /** @param patience for each question */
    Brokers(String servers, Duration patience) throws Unreachable {
        this.patience = patience;
        int millis = (int) patience.toMillis();
        try {
            admin = Admin.create(Map.of(
                    AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                    servers,
                    AdminClientConfig.CLIENT_ID_CONFIG,
                    "tributary-dry-run",
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                    millis / 2,
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                    millis));
        } catch (KafkaException e) {
            throw new Unreachable(words(e));
        }
    }

    /** What Kafka says of each. */
    Map<String, TopicState> topics(List<String> names) throws Unreachable {
        Map<String, TopicState> states = new HashMap<>();
        DescribeTopicsOptions options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
        for (Map.Entry<String, KafkaFuture<TopicDescription>> described :
                admin.describeTopics(names, options).topicNameValues().entrySet()) {
            states.put(described.getKey(), state(described.getValue()));
        }
        return states;
    }

    private TopicState state(KafkaFuture<TopicDescription> described) throws Unreachable {
        try {
            TopicDescription topic = answer(described);
            List<TopicPartition> partitions = topic.partitions().stream()
                    .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                    .toList();
            ListOffsetsResult first = offsets(partitions, OffsetSpec.earliest());
            ListOffsetsResult end = offsets(partitions, OffsetSpec.latest());
            List<TopicState.Range> ranges = new ArrayList<>();
            for (TopicPartition partition : partitions) {
                ranges.add(new TopicState.Range(
                        answer(first.partitionResult(partition)).offset(),
                        answer(end.partitionResult(partition)).offset()));
            }
            Set<AclOperation> allowed = topic.authorizedOperations();
            return new TopicState.Present(allowed == null || allowed.contains(AclOperation.READ), ranges);
        } catch (ExecutionException e) {
            return e.getCause() instanceof UnknownTopicOrPartitionException
                    ? new TopicState.Missing()
                    : new TopicState.Refused(words(e));
        }
    }

    private ListOffsetsResult offsets(List<TopicPartition> partitions, OffsetSpec spec) {
        return admin.listOffsets(partitions.stream().collect(Collectors.toMap(p -> p, p -> spec)));
    }

    private <T> T answer(KafkaFuture<T> future) throws Unreachable, ExecutionException {
        try {
            return future.get(2 * patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw late();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
                throw late();
            }
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreachable("interrupted");
        }
    }

    private Unreachable late() {
        return new Unreachable("within " + patience.toSeconds() + " s");
    }

    private static String words(Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage());
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
