package dev.tributary.operator.kafka;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jspecify.annotations.Nullable;

/** Asks the brokers themselves. One connection for each cluster, made when it is first needed. */
@ApplicationScoped
public class Brokers {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Map<String, Admin> admins = new ConcurrentHashMap<>();

    /** What the brokers say. */
    public sealed interface Answer<T> {
        /** It. */
        record Said<T>(T value) implements Answer<T> {}

        /** Nothing within the time. */
        record Unreachable<T>(String message) implements Answer<T> {}
    }

    private interface Question<T> {
        T ask(Admin admin) throws ExecutionException, TimeoutException, InterruptedException;
    }

    /** How many brokers the cluster has now. */
    public Answer<Integer> count(String bootstrapServers) {
        return ask(
                bootstrapServers, admin -> get(admin.describeCluster().nodes()).size());
    }

    /** Which of these topics exist. */
    public Answer<Set<String>> existing(String bootstrapServers, Collection<String> topics) {
        return ask(bootstrapServers, admin -> existing(admin, topics));
    }

    /** Of those of the topics that exist, the offset that the next record of each partition gets, by partition. */
    public Answer<Map<String, List<Long>>> endOffsets(String bootstrapServers, Collection<String> topics) {
        return ask(bootstrapServers, admin -> endOffsets(admin, topics));
    }

    /**
     * Whether a consumer group has committed at least these offsets.
     *
     * @param offsets of topics, by partition
     */
    public Answer<Boolean> hasCommitted(String bootstrapServers, String group, Map<String, List<Long>> offsets) {
        return ask(bootstrapServers, admin -> {
            Map<TopicPartition, OffsetAndMetadata> committed =
                    get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
            return offsets.entrySet().stream()
                    .allMatch(topic -> IntStream.range(0, topic.getValue().size())
                            .allMatch(partition -> offset(committed.get(new TopicPartition(topic.getKey(), partition)))
                                    >= topic.getValue().get(partition)));
        });
    }

    /** Deletes those of the topics that exist. */
    public Answer<Boolean> deleteTopics(String bootstrapServers, Collection<String> topics) {
        return ask(bootstrapServers, admin -> {
            get(admin.deleteTopics(existing(admin, topics)).all());
            return true;
        });
    }

    /** Deletes a consumer group; one that is not there is fine. */
    public Answer<Boolean> deleteGroup(String bootstrapServers, String group) {
        return ask(bootstrapServers, admin -> {
            try {
                get(admin.deleteConsumerGroups(List.of(group)).all());
                return true;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof GroupIdNotFoundException) {
                    return false;
                }
                throw e;
            }
        });
    }

    private static long offset(@Nullable OffsetAndMetadata committed) {
        return committed == null ? 0 : committed.offset();
    }

    private static Set<String> existing(Admin admin, Collection<String> topics)
            throws ExecutionException, TimeoutException, InterruptedException {
        Set<String> all = get(admin.listTopics().names());
        return topics.stream().filter(all::contains).collect(Collectors.toSet());
    }

    private static Map<String, List<Long>> endOffsets(Admin admin, Collection<String> topics)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<String, TopicDescription> there =
                get(admin.describeTopics(existing(admin, topics)).allTopicNames());
        Map<TopicPartition, OffsetSpec> latest = there.values().stream()
                .flatMap(t -> partitions(t).stream())
                .collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
        Map<TopicPartition, ListOffsetsResultInfo> ends =
                get(admin.listOffsets(latest).all());
        return there.values().stream().collect(Collectors.toMap(TopicDescription::name, t -> partitions(t).stream()
                .map(p -> Objects.requireNonNull(ends.get(p)).offset())
                .toList()));
    }

    private static List<TopicPartition> partitions(TopicDescription topic) {
        return topic.partitions().stream()
                .sorted(Comparator.comparingInt(TopicPartitionInfo::partition))
                .map(p -> new TopicPartition(topic.name(), p.partition()))
                .toList();
    }

    private static <T> T get(KafkaFuture<T> answer) throws ExecutionException, TimeoutException, InterruptedException {
        return answer.get(TIMEOUT.toSeconds() + 1, TimeUnit.SECONDS);
    }

    private <T> Answer<T> ask(String bootstrapServers, Question<T> question) {
        try {
            return new Answer.Said<>(question.ask(admins.computeIfAbsent(bootstrapServers, Brokers::connect)));
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return new Answer.Unreachable<>("Kafka does not answer at " + bootstrapServers
                    + ": check the Kafka resource and its listener; this is tried again by itself");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Unreachable<>("the operator is shutting down");
        }
    }

    private static Admin connect(String bootstrapServers) {
        Properties properties = new Properties();
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(AdminClientConfig.CLIENT_ID_CONFIG, "tributary-operator");
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
        return Admin.create(properties);
    }

    @PreDestroy
    void close() {
        admins.values().forEach(admin -> admin.close(Duration.ofSeconds(1)));
    }
}
