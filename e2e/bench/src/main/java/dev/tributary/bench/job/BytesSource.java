package dev.tributary.bench.job;

import dev.tributary.job.source.RawRecord;
import dev.tributary.jobspec.JobSpec;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the topic and looks at nothing: what Kafka and Flink can do at best. */
final class BytesSource implements KafkaRecordDeserializationSchema<RawRecord> {

    private static final long serialVersionUID = 1L;

    static KafkaSource<RawRecord> of(JobSpec spec) {
        return KafkaSource.<RawRecord>builder()
                .setBootstrapServers(spec.kafka().bootstrapServers())
                .setGroupId("bytes")
                .setTopics(OrdersTable.TOPIC)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new BytesSource())
                .build();
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawRecord> out) {
        out.collect(new RawRecord(0, record.partition(), record.offset(), record.value()));
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return TypeInformation.of(RawRecord.class);
    }
}
