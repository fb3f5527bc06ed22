package dev.tributary.job.source;

import dev.tributary.job.JobStopped;
import dev.tributary.job.StopReason;
import dev.tributary.jobspec.JobSpec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Passes records on as they are: Kafka's side of the source runs in the task's thread as well, so nothing is won by
 * parsing here. Checks the tenant and the epoch, and leaves out the tombstones that are there for Kafka's own compaction.
 */
final class RecordDeserializer implements KafkaRecordDeserializationSchema<RawRecord> {

    private static final long serialVersionUID = 1L;
    private static final String TENANT_HEADER = "__tenant";

    /** The connector stamps it, see the operator's connector plan: decimal digits. */
    private static final String EPOCH_HEADER = "__epoch";

    /** Debezium's, on the create and on the delete that it makes of a changed key. */
    private static final String OLD_KEY_HEADER = "__debezium.oldkey";

    private static final String NEW_KEY_HEADER = "__debezium.newkey";

    private final String tenant;
    private final byte[] tenantUtf8;
    private final int epoch;
    private final byte[] epochUtf8;
    private final HashMap<String, Integer> tables = new HashMap<>();

    RecordDeserializer(JobSpec spec) {
        tenant = spec.tenant();
        tenantUtf8 = tenant.getBytes(StandardCharsets.UTF_8);
        epoch = spec.epoch();
        epochUtf8 = Integer.toString(epoch).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < spec.tables().size(); i++) {
            tables.put(spec.tables().get(i).topic(), i);
        }
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawRecord> out) {
        Header header = record.headers().lastHeader(TENANT_HEADER);
        if (header == null || !Arrays.equals(header.value(), tenantUtf8)) {
            throw new JobStopped(
                    StopReason.TENANT_MISMATCH,
                    "a record " + (header == null ? "without a tenant" : "of another tenant") + " is in a topic of "
                            + tenant + where(record));
        }
        byte[] value = record.value();
        Integer table = tables.get(record.topic());
        // A source that was restored goes on reading the topic of a table that left the spec since.
        if (table != null && value != null && isOfThisEpoch(record)) {
            out.collect(
                    new RawRecord(table, record.partition(), record.offset(), value, record.key(), otherKey(record)));
        }
    }

    private static byte @Nullable [] otherKey(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(OLD_KEY_HEADER);
        if (header == null) {
            header = record.headers().lastHeader(NEW_KEY_HEADER);
        }
        return header == null ? null : header.value();
    }

    /**
     * A Connect worker that was cut off may still send for a connector that was replaced. What it tells is older than the
     * snapshot of this epoch, and its positions mean nothing here.
     */
    private boolean isOfThisEpoch(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(EPOCH_HEADER);
        if (header != null && Arrays.equals(header.value(), epochUtf8)) {
            return true;
        }
        int stamped = stamped(header);
        if (stamped < 1 || stamped > epoch) {
            throw new JobStopped(
                    StopReason.EPOCH_MISMATCH,
                    "a record " + (stamped < 1 ? "without an epoch" : "of epoch " + stamped)
                            + " is in a topic that is read for epoch " + epoch + where(record));
        }
        return false;
    }

    /** 0 when there is none that can be read. */
    private static int stamped(@Nullable Header header) {
        String text =
                header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
        return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    }

    private static String where(ConsumerRecord<byte[], byte[]> record) {
        return " (" + record.topic() + "-" + record.partition() + "@" + record.offset() + ")";
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return TypeInformation.of(RawRecord.class);
    }
}
