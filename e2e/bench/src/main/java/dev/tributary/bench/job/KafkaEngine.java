package dev.tributary.bench.job;

import dev.tributary.scenarios.ClickHouseQueries;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** ClickHouse reads the topic itself: a table with the Kafka engine, and a materialized view that does the job's work in SQL. */
final class KafkaEngine {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final Duration TOLD_EACH = Duration.ofSeconds(10);
    private static final Duration MOST = Duration.ofMinutes(5);

    /** A consumer for each partition, each with a thread of its own. */
    private static final String QUEUE = """
            CREATE TABLE bench.queue (
              op String,
              source Tuple(lsn UInt64, ts_ms Int64),
              before Tuple(id Int64),
              after Tuple(id Int64, customer_id Int64, status String, amount Decimal(12, 2), created_at DateTime64(6, 'UTC'),
                note Nullable(String), is_gift Bool, weight Float64, quantity Int32, order_date Int32))
            ENGINE = Kafka SETTINGS kafka_broker_list = '%s', kafka_topic_list = '%s', kafka_group_name = '%s',
              kafka_format = 'JSONEachRow', kafka_num_consumers = 2, kafka_thread_per_consumer = 1,
              kafka_max_block_size = 65536, kafka_poll_max_batch_size = 65536,
              input_format_skip_unknown_fields = 1, date_time_input_format = 'best_effort'""";

    private static final String VIEW = """
            CREATE MATERIALIZED VIEW bench.flow TO bench.orders AS
            SELECT if(op = 'd', before.id, after.id) AS id, after.customer_id AS customer_id, after.status AS status,
              after.amount AS amount, after.created_at AS created_at, after.note AS note, after.is_gift AS is_gift,
              after.weight AS weight, after.quantity AS quantity, toDate32(after.order_date) AS order_date,
              toUInt128('%s') + source.lsn AS _version, op = 'd' AS _deleted, op AS _op,
              fromUnixTimestamp64Milli(source.ts_ms, 'UTC') AS _source_ts,
              _headers.value[indexOf(_headers.name, '__tenant')] AS _tenant
            FROM bench.queue
            WHERE _headers.value[indexOf(_headers.name, '__epoch')] = '%d'""".formatted(OrdersTable.FIRST_VERSION, OrdersTable.EPOCH);

    private final ClickHouseQueries clickHouse;
    private final String bootstrapServers;
    private final Processes processes;

    KafkaEngine(ClickHouseQueries clickHouse, String bootstrapServers, Processes processes) {
        this.clickHouse = clickHouse;
        this.bootstrapServers = bootstrapServers;
        this.processes = processes;
    }

    /**
     * Measured from the first block on, so that joining the group does not count.
     *
     * @param group that has read nothing yet
     */
    Measurement run(OrdersTopic topic, String group)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        long records = topic.total();
        clickHouse.ask(QUEUE.formatted(bootstrapServers, topic.name(), group));
        clickHouse.ask(VIEW);
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            long skipped = await(admin, group, 1);
            CpuTimes before = CpuTimes.read(processes);
            long start = System.nanoTime();
            await(admin, group, records);
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Measurement(
                    records - skipped, seconds, CpuTimes.read(processes).minus(before), 0);
        } finally {
            clickHouse.ask("DROP TABLE bench.flow SYNC");
            clickHouse.ask("DROP TABLE bench.queue SYNC");
        }
    }

    /** Waits until so many records were committed, which follows their insert; returns how many were. */
    private static long await(Admin admin, String group, long records)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        long start = System.nanoTime();
        long told = start;
        while (true) {
            long committed = committed(admin, group);
            if (committed >= records) {
                return committed;
            }
            long now = System.nanoTime();
            if (now - start > MOST.toNanos()) {
                throw new IOException("ClickHouse's Kafka engine has read " + committed + " of " + records + " only");
            }
            if (now - told > TOLD_EACH.toNanos()) {
                System.out.printf("job: ... %,d%n", committed);
                told = now;
            }
            new CountDownLatch(1).await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static long committed(Admin admin, String group)
            throws InterruptedException, ExecutionException, TimeoutException {
        return admin
                .listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(30, TimeUnit.SECONDS)
                .values()
                .stream()
                .mapToLong(offset -> offset == null ? 0 : offset.offset())
                .sum();
    }
}
