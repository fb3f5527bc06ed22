package dev.tributary.scenarios;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What Kafka itself says, past the operator and Strimzi.
 *
 * @param bootstrapServers of the box's broker
 */
public record KafkaQueries(String bootstrapServers) {

    private static final String OFFSETS_TOPIC = "connect-offsets";

    /** The offsets that Connect keeps of a connector, as its offsets topic has them: deleting a connector leaves them. */
    public List<String> connectorOffsets(String connector) {
        Map<String, String> newest = new LinkedHashMap<>();
        records(OFFSETS_TOPIC).forEach(r -> newest.put(r.key(), r.value()));
        return newest.entrySet().stream()
                .filter(e -> e.getValue() != null && e.getKey().startsWith("[\"" + connector + "\""))
                .map(e -> e.getKey() + " " + e.getValue())
                .toList();
    }

    /** All that is in a topic now. */
    public List<ConsumerRecord<String, String>> records(String topic) {
        Properties properties = new Properties();
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (Consumer<String, String> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < end.get(p))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    /** The topics that the brokers know. */
    public Set<String> topics() {
        return brokers(admin -> admin.listTopics().names());
    }

    /** Makes a topic that is nobody's. */
    public void createTopic(String name) {
        brokers(admin ->
                admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all());
    }

    public void deleteTopic(String name) {
        brokers(admin -> admin.deleteTopics(List.of(name)).all());
    }

    /** Adds a record to partition 0 of a topic, and has Kafka remove all that is in it, as its retention does. */
    public void expire(String topic) {
        Properties properties = new Properties();
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        try (Producer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, 0, null, "nobody reads this"));
        }
        brokers(admin -> admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(-1)))
                .all());
    }

    /** The consumer groups that the brokers know. */
    public List<String> consumerGroups() {
        return brokers(admin -> admin.listGroups().all()).stream()
                .map(GroupListing::groupId)
                .toList();
    }

    private <T> T brokers(Function<Admin, KafkaFuture<T>> question) {
        Properties properties = new Properties();
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        try (Admin admin = Admin.create(properties)) {
            return question.apply(admin).get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("Kafka does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
