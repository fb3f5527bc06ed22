package dev.tributary.bench.job;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The topic, filled.
 *
 * @param name of the topic
 * @param records by partition
 * @param expected what a table must show that has them all
 */
record OrdersTopic(String name, List<Long> records, VisibleState expected) {

    static final long SEED = 42;
    private static final int PARTITIONS = 2;
    private static final int TOLD_EACH = 500_000;

    /** Fills it through a producer with the settings that the operator gives Connect's. */
    static OrdersTopic fill(String bootstrapServers, String name, int count)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.BATCH_SIZE_CONFIG,
                262_144,
                ProducerConfig.LINGER_MS_CONFIG,
                5);
        List<Header> headers = List.of(
                new RecordHeader("__tenant", OrdersTable.TENANT.getBytes(StandardCharsets.UTF_8)),
                new RecordHeader("__epoch", Integer.toString(OrdersTable.EPOCH).getBytes(StandardCharsets.UTF_8)));
        OrderEvents events = new OrderEvents(SEED, count);
        long bytes = 0;
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
                Producer<byte[], byte[]> producer =
                        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            admin.createTopics(List.of(new NewTopic(name, PARTITIONS, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
            for (int i = 1; i <= count; i++) {
                byte[] value = events.next();
                bytes += value.length;
                producer.send(new ProducerRecord<>(name, null, events.key(), value, headers));
                if (i % TOLD_EACH == 0 || i == count) {
                    System.out.printf("job: %,d of %,d records written, %d bytes each%n", i, count, bytes / i);
                }
            }
            producer.flush();
            return new OrdersTopic(name, ends(admin, name), events.expected());
        }
    }

    private static List<Long> ends(Admin admin, String name)
            throws ExecutionException, InterruptedException, TimeoutException {
        List<Long> ends = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            TopicPartition asked = new TopicPartition(name, partition);
            ends.add(admin.listOffsets(Map.of(asked, OffsetSpec.latest()))
                    .partitionResult(asked)
                    .get(30, TimeUnit.SECONDS)
                    .offset());
        }
        return ends;
    }

    long total() {
        return records.stream().mapToLong(Long::longValue).sum();
    }
}
