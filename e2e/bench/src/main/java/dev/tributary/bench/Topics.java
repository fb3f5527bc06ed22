package dev.tributary.bench;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** Kafka's topics, as the broker tells them. */
final class Topics implements AutoCloseable {

    /**
     * What a topic is like.
     *
     * @param partitions how many
     * @param settings those that are its own
     */
    record Shape(int partitions, Map<String, String> settings) {}

    private final Admin admin;

    Topics(String bootstrapServers) {
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /** Records that were ever written to it. */
    long records(String topic) throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> ends =
                partitions(topic).stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
        return wait(admin.listOffsets(ends).all()).values().stream()
                .mapToLong(end -> end.offset())
                .sum();
    }

    private List<TopicPartition> partitions(String topic)
            throws ExecutionException, InterruptedException, TimeoutException {
        return wait(admin.describeTopics(List.of(topic)).allTopicNames()).values().stream()
                .flatMap(d -> d.partitions().stream())
                .map(p -> new TopicPartition(topic, p.partition()))
                .toList();
    }

    Shape shape(String topic) throws ExecutionException, InterruptedException, TimeoutException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<String, String> settings = wait(
                        admin.describeConfigs(List.of(resource)).all())
                .values()
                .stream()
                .flatMap(c -> c.entries().stream())
                .filter(e -> e.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
        return new Shape(partitions(topic).size(), settings);
    }

    void create(String topic, Shape shape) throws ExecutionException, InterruptedException, TimeoutException {
        wait(admin.createTopics(List.of(new NewTopic(topic, shape.partitions(), (short) 1).configs(shape.settings())))
                .all());
    }

    void delete(Collection<String> topics) throws ExecutionException, InterruptedException, TimeoutException {
        wait(admin.deleteTopics(topics).all());
    }

    private static <T> T wait(KafkaFuture<T> answer) throws ExecutionException, InterruptedException, TimeoutException {
        return answer.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        admin.close();
    }
}
