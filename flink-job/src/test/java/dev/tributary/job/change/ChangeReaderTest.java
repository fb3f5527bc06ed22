package dev.tributary.job.change;

import static dev.tributary.job.change.Specs.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.job.JobStopped;
import dev.tributary.job.StopReason;
import dev.tributary.job.source.RawRecord;
import dev.tributary.jobspec.ColumnType;
import dev.tributary.jobspec.JobSpec;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeReaderTest {

    private static final JobSpec.Table ORDERS = Specs.table(
            "orders",
            List.of(
                    Specs.ID,
                    new JobSpec.Column("name", new ColumnType.Text(), false),
                    new JobSpec.Column("amount", new ColumnType.Decimal(12, 2), true)),
            "id");
    private static final BigInteger EPOCH_7 = BigInteger.valueOf(7).shiftLeft(112);

    private final Batch batch = new Batch(Specs.layout(ORDERS));
    private final ChangeReader reader = new ChangeReader(Specs.layout(ORDERS));

    private List<Map<String, Object>> read(String... events) {
        for (int offset = 0; offset < events.length; offset++) {
            reader.read(new RawRecord(0, 3, offset, events[offset].getBytes(StandardCharsets.UTF_8)), batch);
        }
        return NativeBlock.rows(batch);
    }

    @Test
    void aCreatedRowHasItsColumnsAndWhatTributaryAdds() {
        String created = event("c", "null", "{\"id\":1,\"name\":\"a\",\"amount\":\"12.5\"}", 42);

        List<Map<String, Object>> rows = read(created);

        assertThat(rows).hasSize(1);
        assertThat(rows.get(0))
                .containsEntry("id", 1L)
                .containsEntry("name", "a")
                .containsEntry("amount", new java.math.BigDecimal("12.50"))
                .containsEntry("_version", EPOCH_7.add(BigInteger.valueOf(42)))
                .containsEntry("_deleted", 0)
                .containsEntry("_op", "c")
                .containsEntry("_source_ts", 1795226865123L)
                .containsEntry("_tenant", "acme");
    }

    @Test
    void aRowReadByASnapshotHasPositionZero() {
        String read = event("r", "null", "{\"id\":1,\"name\":\"a\",\"amount\":null}", 42);

        List<Map<String, Object>> rows = read(read);

        assertThat(rows.get(0)).containsEntry("_version", EPOCH_7).containsEntry("_op", "r");
    }

    @Test
    void ofADeletedRowOnlyTheKeyIsKept() {
        String deleted = event("d", "{\"id\":1,\"name\":\"\",\"amount\":\"" + Specs.PLACEHOLDER + "\"}", "null", 42);

        List<Map<String, Object>> rows = read(deleted);

        assertThat(rows.get(0))
                .containsEntry("id", 1L)
                .containsEntry("name", "")
                .containsEntry("amount", null)
                .containsEntry("_deleted", 1)
                .containsEntry("_op", "d");
    }

    @Test
    void columnsMayStandInAnyOrderAndChangeIt() {
        String inOrder = event("c", "null", "{\"id\":1,\"name\":\"a\",\"amount\":\"1\"}", 42);
        String reversed = event("c", "null", "{\"amount\":\"2\",\"name\":\"b\",\"id\":2}", 43);
        String again = event("c", "null", "{\"amount\":\"3\",\"name\":\"c\",\"id\":3}", 44);

        List<Map<String, Object>> rows = read(inOrder, reversed, again, inOrder.replace("\"id\":1", "\"id\":4"));

        assertThat(rows).extracting(row -> row.get("name")).containsExactly("a", "b", "c", "a");
        assertThat(rows).extracting(row -> row.get("id")).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void membersMayStandInAnyOrderWithWhiteSpaceBetween() {
        String event =
                "\n{ \"op\" : \"u\" , \"source\" : { \"lsn\" : 5 , \"x\" : [ {} , \"]\" ] , \"ts_ms\" : 9 } ,\r\n"
                        + "\t\"after\" : { \"name\" : \"a\" , \"id\" : -1 , \"amount\" : null } , \"before\" : null } ";

        List<Map<String, Object>> rows = read(event);

        assertThat(rows.get(0)).containsEntry("id", -1L).containsEntry("_source_ts", 9L);
    }

    @Test
    void ofTwoChangesOfAKeyTheHigherPositionStaysEvenIfItCameFirst() {
        String newer = event("u", "null", "{\"id\":1,\"name\":\"newer\",\"amount\":null}", 43);
        String older = event("u", "null", "{\"id\":1,\"name\":\"older\",\"amount\":null}", 42);
        String other = event("u", "null", "{\"id\":2,\"name\":\"other\",\"amount\":null}", 1);

        List<Map<String, Object>> rows = read(newer, other, older);

        assertThat(rows).extracting(row -> row.get("name")).containsExactly("newer", "other");
    }

    @Test
    void aDeleteAndAReinsertOfOneTransactionEndAsTheReinsertedRow() {
        String inserted = event("c", "null", "{\"id\":1,\"name\":\"first\",\"amount\":null}", 41);
        String deleted = event("d", "{\"id\":1,\"name\":\"\",\"amount\":null}", "null", 42);
        String reinserted = event("c", "null", "{\"id\":1,\"name\":\"second\",\"amount\":null}", 43);

        List<Map<String, Object>> rows = read(inserted, deleted, reinserted);

        assertThat(rows).hasSize(1);
        assertThat(rows.get(0)).containsEntry("name", "second").containsEntry("_deleted", 0);
    }

    private void assertStops(StopReason reason, String sentence, String event) {
        assertThatThrownBy(() -> read(event))
                .isInstanceOf(JobStopped.class)
                .hasMessage(reason.label() + ": " + sentence + " (acme.shop.public.orders-3@0)");
    }

    @Test
    void whatIsOlderThanATruncationIsLeftOut() {
        TableLayout layout = Specs.layout(Specs.table("orders", List.of(Specs.ID), "id"));
        ChangeReader reader = new ChangeReader(layout);
        Batch batch = new Batch(layout);
        reader.raiseFloor(50);
        reader.raiseFloor(42);

        for (String event : List.of(
                event("r", "null", "{\"id\":1}", 99),
                event("c", "null", "{\"id\":2}", 49),
                event("c", "null", "{\"id\":3}", 50),
                event("d", "{\"id\":4}", "null", 49),
                event("d", "{\"id\":5}", "null", 51))) {
            reader.read(new RawRecord(0, 0, 0, event.getBytes(StandardCharsets.UTF_8)), batch);
        }

        assertThat(NativeBlock.rows(batch)).extracting(row -> row.get("id")).containsExactly(3L, 5L);
    }

    @Test
    void aTruncateStops() {
        assertStops(
                StopReason.SOURCE_TRUNCATED,
                "a record of table public.orders says that the table was truncated at the source",
                event("t", "null", "null", 42));
    }

    @Test
    void anUnknownColumnStops() {
        assertStops(
                StopReason.UNKNOWN_COLUMN,
                "a record of table public.orders has the column colour, which the job does not know",
                event("c", "null", "{\"id\":1,\"colour\":\"red\",\"name\":\"a\",\"amount\":null}", 42));
    }

    @Test
    void aMissingColumnStops() {
        assertStops(
                StopReason.MISSING_COLUMN,
                "the value of column amount of table public.orders is not in the record",
                event("c", "null", "{\"id\":1,\"name\":\"a\"}", 42));
    }

    @Test
    void aNullWhereNoneMayBeStops() {
        assertStops(
                StopReason.NOT_NULL_VIOLATED,
                "the value of column name of table public.orders is null, which the column does not allow",
                event("c", "null", "{\"id\":1,\"name\":null,\"amount\":null}", 42));
    }

    @Test
    void everyPrefixOfAnEventStopsAsMalformed() {
        String whole = event("c", "null", "{\"id\":1,\"name\":\"a\\u00e9\",\"amount\":\"1.5\"}", 42);

        for (int length = 0; length < whole.length(); length++) {
            String prefix = whole.substring(0, length);
            assertThatThrownBy(() -> read(prefix))
                    .as(prefix)
                    .isInstanceOf(JobStopped.class)
                    .hasMessageStartingWith("MalformedRecord: ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "{}",
                "[]",
                "null",
                "{\"schema\":{},\"payload\":{}}",
                "{\"op\":\"c\",\"after\":{\"id\":1,\"id\":1,\"name\":\"a\",\"amount\":null},\"source\":{\"lsn\":1,\"ts_ms\":1}}",
                "{\"op\":\"c\",\"after\":{\"id\":1.5,\"name\":\"a\",\"amount\":null},\"source\":{\"lsn\":1,\"ts_ms\":1}}",
                "{\"op\":\"c\",\"after\":{\"id\":\"1\",\"name\":\"a\",\"amount\":null},\"source\":{\"lsn\":1,\"ts_ms\":1}}",
                "{\"op\":\"c\",\"after\":{\"id\":1,\"name\":\"a\",\"amount\":\"x\"},\"source\":{\"lsn\":1,\"ts_ms\":1}}",
                "{\"op\":\"c\",\"after\":{\"id\":1,\"name\":\"\\ud800\",\"amount\":null},\"source\":{\"lsn\":1,\"ts_ms\":1}}",
                "{\"op\":\"c\",\"after\":{\"id\":1,\"name\":\"a\",\"amount\":null},\"source\":{\"lsn\":null,\"ts_ms\":1}}",
                "{\"op\":\"c\",\"after\":{\"id\":1,\"name\":\"a\",\"amount\":null},\"source\":{\"lsn\":1}}",
                "{\"op\":\"c\",\"after\":null,\"source\":{\"lsn\":1,\"ts_ms\":1}}",
                "{\"op\":\"d\",\"before\":null,\"after\":null,\"source\":{\"lsn\":1,\"ts_ms\":1}}",
                "{\"op\":\"c\",\"after\":{\"id\":1,\"name\":\"a\",\"amount\":null},\"source\":{\"lsn\":1,\"ts_ms\":1}}x",
            })
    void whatIsNoChangeEventStops(String record) {
        assertThatThrownBy(() -> read(record))
                .isInstanceOf(JobStopped.class)
                .hasMessageStartingWith("MalformedRecord: ")
                .hasMessageEndingWith("(acme.shop.public.orders-3@0)");
    }
}
