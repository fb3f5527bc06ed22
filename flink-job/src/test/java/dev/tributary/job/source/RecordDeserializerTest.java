package dev.tributary.job.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.job.JobStopped;
import dev.tributary.job.change.Specs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordDeserializerTest {

    private static final byte[] VALUE = {1, 2, 3};

    private final RecordDeserializer deserializer = new RecordDeserializer(Specs.spec(
            "http://clickhouse:8123",
            Specs.table("orders", List.of(Specs.ID), "id"),
            Specs.table("customers", List.of(Specs.ID), "id")));
    private final List<RawRecord> passed = new ArrayList<>();

    private void deserialize(String tenant, byte[] value) {
        deserialize(tenant, "7", value);
    }

    private void deserialize(String tenant, String epoch, byte[] value) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("acme.shop.public.customers", 3, 42, null, value);
        if (!tenant.isEmpty()) {
            record.headers().add("__tenant", tenant.getBytes(StandardCharsets.UTF_8));
        }
        if (!epoch.isEmpty()) {
            record.headers().add("__epoch", epoch.getBytes(StandardCharsets.UTF_8));
        }
        deserializer.deserialize(record, new ListCollector<>(passed));
    }

    @Test
    void aRecordKeepsItsTableAndPosition() {
        deserialize("acme", VALUE);

        assertThat(passed).singleElement().satisfies(record -> {
            assertThat(record.table).isEqualTo(1);
            assertThat(record.partition).isEqualTo(3);
            assertThat(record.offset).isEqualTo(42);
            assertThat(record.value).isSameAs(VALUE);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"__debezium.oldkey", "__debezium.newkey"})
    void aChangedKeyKeepsTheOtherOne(String header) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("acme.shop.public.orders", 0, 1, null, VALUE);
        record.headers().add("__tenant", "acme".getBytes(StandardCharsets.UTF_8));
        record.headers().add("__epoch", "7".getBytes(StandardCharsets.UTF_8));
        record.headers().add(header, "{\"id\":1}".getBytes(StandardCharsets.UTF_8));

        deserializer.deserialize(record, new ListCollector<>(passed));

        assertThat(passed).singleElement().satisfies(passedOn -> assertThat(passedOn.otherKey)
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"id\":1}"));
    }

    @Test
    void aTombstoneOfKafkaIsNoChange() {
        deserialize("acme", null);

        assertThat(passed).isEmpty();
    }

    @Test
    void anotherTenantsRecordStops() {
        assertThatThrownBy(() -> deserialize("acme2", VALUE))
                .isInstanceOf(JobStopped.class)
                .hasMessageStartingWith("TenantMismatch: a record of another tenant")
                .hasMessageEndingWith("(acme.shop.public.customers-3@42)");
    }

    @Test
    void aRecordOfNobodyStops() {
        assertThatThrownBy(() -> deserialize("", VALUE))
                .isInstanceOf(JobStopped.class)
                .hasMessageStartingWith("TenantMismatch: a record without a tenant");
    }

    @Test
    void aLateRecordOfAnOlderEpochIsLeftOut() {
        deserialize("acme", "6", VALUE);

        assertThat(passed).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            '', without an epoch
            x, without an epoch
            8, of epoch 8
            """)
    void aRecordOfNoEpochOrALaterOneStops(String epoch, String said) {
        assertThatThrownBy(() -> deserialize("acme", epoch, VALUE))
                .isInstanceOf(JobStopped.class)
                .hasMessageStartingWith("EpochMismatch: a record " + said);
    }
}
