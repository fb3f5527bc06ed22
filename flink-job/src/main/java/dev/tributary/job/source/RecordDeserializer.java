package dev.tributary.job.source;

import dev.tributary.job.JobStopped;
import dev.tributary.job.StopReason;
import dev.tributary.jobspec.JobSpec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Passes records on as they are: Kafka's side of the source runs in the task's thread as well, so nothing is won by
 * parsing here. Checks the tenant, and leaves out the tombstones that are there for Kafka's own compaction.
 */
final class RecordDeserializer implements KafkaRecordDeserializationSchema<RawRecord> {

    private static final long serialVersionUID = 1L;
    private static final String TENANT_HEADER = "__tenant";

    private final String tenant;
    private final byte[] tenantUtf8;
    private final HashMap<String, Integer> tables = new HashMap<>();

    RecordDeserializer(JobSpec spec) {
        tenant = spec.tenant();
        tenantUtf8 = tenant.getBytes(StandardCharsets.UTF_8);
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
                            + tenant + " (" + record.topic() + "-" + record.partition() + "@" + record.offset() + ")");
        }
        byte[] value = record.value();
        if (value != null) {
            out.collect(new RawRecord(table(tables, record.topic()), record.partition(), record.offset(), value));
        }
    }

    private static int table(Map<String, Integer> tables, String topic) {
        Integer table = tables.get(topic);
        if (table == null) {
            throw new IllegalStateException("a record of topic " + topic + ", which was not asked for");
        }
        return table;
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return TypeInformation.of(RawRecord.class);
    }
}
