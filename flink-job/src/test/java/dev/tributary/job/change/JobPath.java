package dev.tributary.job.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.source.Deserialized;
import dev.tributary.job.source.RawRecord;
import dev.tributary.jobspec.ColumnType;
import dev.tributary.jobspec.JobSpec;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The way from a topic to what an analyst sees. What the job does is done by its own classes; what ClickHouse and the
 * operator do, by stand-ins. Tests plant a bug by overriding the step in which it would be made.
 */
class JobPath {

    private static final int POSITION_BITS = 112;
    private static final JobSpec.Table TABLE = Specs.table(
            "orders",
            List.of(
                    Specs.ID,
                    new JobSpec.Column("v", new ColumnType.Int(64), false),
                    new JobSpec.Column("note", new ColumnType.Text(), false)),
            "id");

    private PointRead clickHouse = new StoredTable(TABLE);
    private JobSpec spec = spec(RandomHistory.FIRST_EPOCH);
    private Deserialized topic = new Deserialized(spec);
    private ChangeReader reader = new ChangeReader(layout());
    private Batch batch = new Batch(layout());

    /** What the job finds when it reads the table, for values that capture did not send. */
    final void reads(Map<Long, Map<String, Object>> table) {
        clickHouse = new StoredTable(TABLE, table);
    }

    /** The job starts, again or for another epoch. */
    final void start(int epoch) {
        spec = spec(epoch);
        topic = new Deserialized(spec);
        reader = new ChangeReader(layout());
        batch = new Batch(layout());
    }

    /** The JobSpec as the operator writes it. */
    JobSpec spec(int epoch) {
        return spec(epoch, Specs.PLACEHOLDER);
    }

    static JobSpec spec(int epoch, String placeholder) {
        JobSpec any = Specs.spec("http://clickhouse:8123", TABLE);
        return new JobSpec(
                any.formatVersion(),
                any.tenant(),
                any.pipeline(),
                epoch,
                any.kafka(),
                any.clickhouse(),
                placeholder,
                any.flushMillis(),
                any.policies(),
                any.lateAfterSeconds(),
                any.tables());
    }

    final int epoch() {
        return spec.epoch();
    }

    private TableLayout layout() {
        return TableLayout.of(spec, TABLE);
    }

    /** A record as it comes out of Kafka. */
    RandomHistory.Sent received(RandomHistory.Sent sent) {
        return sent;
    }

    /** The rows of the block that the job makes of these records. */
    List<Map<String, Object>> block(List<RandomHistory.Sent> records) {
        batch.clear();
        for (RandomHistory.Sent record : records) {
            for (RawRecord raw : topic.of(kafkaRecord(received(record)))) {
                reader.read(raw, batch);
            }
        }
        return batch.isEmpty() ? List.of() : NativeBlock.rows(filled());
    }

    private Batch filled() {
        try {
            Batch filled = new Filling(batch, Integer.MAX_VALUE).next(clickHouse);
            assertThat(filled).as("a batch that fits is filled at once").isSameAs(batch);
            return filled;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ConsumerRecord<byte[], byte[]> kafkaRecord(RandomHistory.Sent sent) {
        byte[] event = sent.change().event().getBytes(StandardCharsets.UTF_8);
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>(TABLE.topic(), sent.partition(), sent.offset(), null, event);
        record.headers().add("__tenant", "acme".getBytes(StandardCharsets.UTF_8));
        record.headers().add("__epoch", Integer.toString(sent.epoch()).getBytes(StandardCharsets.UTF_8));
        return record;
    }

    /** Stand-in for ReplacingMergeTree: the highest version of a key, and of equal ones the last inserted. */
    Map<String, Object> winner(Map<String, Object> old, Map<String, Object> young) {
        return version(old).compareTo(version(young)) > 0 ? old : young;
    }

    /** Stand-in for the operator: what it inserts for the rows of older epochs that this one did not read. */
    List<Map<String, Object>> tombstones(List<Map<String, Object>> visible) {
        BigInteger first = BigInteger.valueOf(epoch()).shiftLeft(POSITION_BITS);
        List<Map<String, Object>> tombstones = new ArrayList<>();
        for (Map<String, Object> row : visible) {
            if (version(row).compareTo(first) < 0) {
                tombstones.add(Map.of(
                        "id",
                        row.get("id"),
                        "v",
                        0L,
                        "note",
                        "",
                        "_version",
                        first.subtract(BigInteger.ONE),
                        "_deleted",
                        1));
            }
        }
        return tombstones;
    }

    static BigInteger version(Map<String, Object> row) {
        return (BigInteger) row.get("_version");
    }
}
