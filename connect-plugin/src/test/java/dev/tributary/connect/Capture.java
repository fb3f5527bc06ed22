package dev.tributary.connect;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.connector.Connector;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** A connector's task, run as a worker of Kafka Connect runs it; the test decides which offset was stored when it died. */
final class Capture implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SourceTask task;
    private final AtomicReference<Map<String, Object>> stored;

    private Capture(SourceTask task, AtomicReference<Map<String, Object>> stored) {
        this.task = task;
        this.stored = stored;
    }

    /**
     * Starts a connector.
     *
     * @param stored what Connect has kept of an earlier run; null for none
     */
    static Capture start(SourceConnector connector, Map<String, String> config, Map<String, ?> stored) {
        AtomicReference<Map<String, Object>> offset =
                new AtomicReference<>(stored == null ? null : new HashMap<>(stored));
        Map<String, String> all = new HashMap<>(config);
        all.put("connector.class", connector.getClass().getName());
        connector.start(all);
        Map<String, String> ofTask = connector.taskConfigs(1).get(0);
        SourceTask task = task(connector);
        task.initialize(new Context(ofTask, new Reader(offset)));
        Capture capture = new Capture(task, offset);
        try {
            task.start(ofTask);
        } catch (RuntimeException e) {
            capture.close();
            throw e;
        }
        return capture;
    }

    private static SourceTask task(Connector connector) {
        try {
            return (SourceTask) connector.taskClass().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** The records up to and including the first of this kind. */
    List<SourceRecord> until(Predicate<SourceRecord> last) {
        List<SourceRecord> records = new ArrayList<>();
        Instant end = Instant.now().plus(PATIENCE);
        try {
            while (records.stream().noneMatch(last)) {
                if (Instant.now().isAfter(end)) {
                    throw new AssertionError("the record does not come; these came: " + records);
                }
                List<SourceRecord> polled = task.poll();
                if (polled != null) {
                    records.addAll(polled);
                }
            }
            return records;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Lets the task do what it does between records. */
    void pollOnce() {
        try {
            task.poll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Stores a record's offset, and tells the task, as a worker does once Kafka has the record. */
    void store(SourceRecord record) {
        stored.set(new HashMap<>(record.sourceOffset()));
        try {
            task.commit();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Of a connector to the database of its own name, as superuser; slot and topics have that name too. */
    static Map<String, String> config(String name, int port) {
        return Map.ofEntries(
                Map.entry("name", name),
                Map.entry("database.hostname", "localhost"),
                Map.entry("database.port", Integer.toString(port)),
                Map.entry("database.dbname", name),
                Map.entry("database.user", "postgres"),
                Map.entry("database.password", "postgres"),
                Map.entry("topic.prefix", name),
                Map.entry("plugin.name", "pgoutput"),
                Map.entry("slot.name", name),
                Map.entry("publication.name", "shop"),
                Map.entry("publication.autocreate.mode", "disabled"),
                Map.entry("offset.mismatch.strategy", "trust_offset"),
                Map.entry("poll.interval.ms", "20"));
    }

    /** Of a row's change; -1 for records of other kinds. */
    static int id(SourceRecord record) {
        return record.key() instanceof Struct key && key.schema().field("id") != null ? key.getInt32("id") : -1;
    }

    @Override
    public void close() {
        task.stop();
    }

    private record Context(Map<String, String> configs, OffsetStorageReader offsetStorageReader)
            implements SourceTaskContext {
        @Override
        public PluginMetrics pluginMetrics() {
            throw new AssertionError("the connector asks for no metrics");
        }
    }

    private record Reader(AtomicReference<Map<String, Object>> stored) implements OffsetStorageReader {
        @Override
        public <T> Map<String, Object> offset(Map<String, T> partition) {
            return stored.get();
        }

        @Override
        public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
            Map<Map<String, T>, Map<String, Object>> offsets = new HashMap<>();
            partitions.forEach(p -> offsets.put(p, stored.get()));
            return offsets;
        }
    }
}
