package dev.tributary.box.standin.strimzi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Kafka's Admin API, as the topic operator uses it. All calls end within ten seconds. */
final class TopicAdmin implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final String bootstrapServers;
    private @Nullable Admin admin;

    TopicAdmin(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * A topic as Kafka has it.
     *
     * @param config all entries; the topic's own have the source DYNAMIC_TOPIC_CONFIG
     */
    record Topic(TopicDescription description, Collection<ConfigEntry> config) {
        String id() {
            return description.topicId().toString();
        }
    }

    Optional<Topic> find(String name) throws InterruptedException, KafkaFailure {
        try {
            TopicDescription description = await(
                    admin().describeTopics(List.of(name)).topicNameValues().get(name));
            ConfigResource resource = topicResource(name);
            Collection<ConfigEntry> config = await(
                            admin().describeConfigs(List.of(resource)).values().get(resource))
                    .entries();
            return Optional.of(new Topic(description, config));
        } catch (KafkaFailure e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Creates a topic; one that is there already is a success, as in Strimzi: the next look compares it. */
    void create(NewTopic topic) throws InterruptedException, KafkaFailure {
        try {
            await(admin().createTopics(List.of(topic)).all());
        } catch (KafkaFailure e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    void delete(String name) throws InterruptedException, KafkaFailure {
        try {
            await(admin().deleteTopics(TopicCollection.ofTopicNames(List.of(name)))
                    .all());
        } catch (KafkaFailure e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw e;
            }
        }
    }

    void increasePartitions(String name, int partitions) throws InterruptedException, KafkaFailure {
        await(admin().createPartitions(Map.of(name, NewPartitions.increaseTo(partitions)))
                .all());
    }

    void alterConfig(String name, Collection<AlterConfigOp> changes) throws InterruptedException, KafkaFailure {
        await(admin().incrementalAlterConfigs(Map.of(topicResource(name), changes))
                .all());
    }

    String clusterId() throws InterruptedException, KafkaFailure {
        return await(admin().describeCluster().clusterId());
    }

    /** The broker's configuration as it holds now, of the first broker. */
    Map<String, @Nullable String> brokerConfig() throws InterruptedException, KafkaFailure {
        List<ConfigResource> brokers = new ArrayList<>();
        await(admin().describeCluster().nodes())
                .forEach(node -> brokers.add(new ConfigResource(ConfigResource.Type.BROKER, node.idString())));
        Map<String, @Nullable String> config = new HashMap<>();
        ConfigResource first = brokers.getFirst();
        await(admin().describeConfigs(List.of(first)).values().get(first))
                .entries()
                .forEach(entry -> config.put(entry.name(), entry.value()));
        return config;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
        }
    }

    /** Made on first use: a client that is there would log each failing attempt while the broker is not up yet. */
    private synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(Map.of(
                    AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                    bootstrapServers,
                    AdminClientConfig.CLIENT_ID_CONFIG,
                    "strimzi-stand-in",
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                    5_000,
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                    (int) LIMIT.toMillis()));
        }
        return admin;
    }

    private static ConfigResource topicResource(String name) {
        return new ConfigResource(ConfigResource.Type.TOPIC, name);
    }

    private static <T> T await(@Nullable KafkaFuture<T> future) throws InterruptedException, KafkaFailure {
        try {
            return Objects.requireNonNull(future).get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new KafkaFailure(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaFailure(e);
        }
    }

    /** Kafka refused or did not answer; the cause says which. */
    static final class KafkaFailure extends Exception {
        KafkaFailure(Throwable cause) {
            super(cause.toString(), cause);
        }
    }
}
