package dev.tributary.job.change;

import static dev.tributary.job.change.Specs.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.job.JobStopped;
import dev.tributary.job.source.RawRecord;
import dev.tributary.jobspec.ColumnType;
import dev.tributary.jobspec.JobSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing tells the rows of such a table apart but where their records stand. */
class AppendOnlyTest {

    private static final TableLayout LOG =
            Specs.layout(Specs.table("log", List.of(new JobSpec.Column("line", new ColumnType.Text(), true))));

    private final Batch batch = new Batch(LOG);
    private final ChangeReader reader = new ChangeReader(LOG);

    private void read(int partition, long offset, String event) {
        reader.read(record(partition, offset, event, null), batch);
    }

    private static RawRecord record(int partition, long offset, String event, byte[] otherKey) {
        return new RawRecord(0, partition, offset, event.getBytes(StandardCharsets.UTF_8), otherKey);
    }

    @Test
    void rowsThatAreAlikeStayRowsOfTheirOwn() {
        read(2, 70, event("r", "null", "{\"line\":\"a\"}", 5));
        read(2, 71, event("c", "null", "{\"line\":\"a\"}", 9));
        read(0, 71, event("c", "null", "{\"line\":\"a\"}", 9));

        assertThat(batch.liveRows()).isEqualTo(3);
        assertThat(NativeBlock.rows(batch))
                .extracting(row -> row.get("_partition") + "@" + row.get("_offset"))
                .containsExactly("2@70", "2@71", "0@71");
        assertThat(NativeBlock.rows(batch))
                .allSatisfy(row -> assertThat(row.keySet()).containsExactlyElementsOf(LOG.columnNames()));
    }

    @Test
    void aBatchIsUsedAgain() {
        read(0, 1, event("c", "null", "{\"line\":\"a\"}", 5));
        batch.clear();

        read(0, 2, event("c", "null", "{\"line\":\"b\"}", 6));

        assertThat(NativeBlock.rows(batch))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("_offset", 2L).containsEntry("line", "b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"u", "d"})
    void anUpdateOrDeleteIsNoSuchRow(String operation) {
        read(0, 1, event("c", "null", "{\"line\":\"a\"}", 5));
        String before = "{\"line\":\"a\"}";
        String after = operation.equals("u") ? "{\"line\":\"" + Specs.PLACEHOLDER + "\"}" : "null";

        assertThatThrownBy(() -> read(0, 2, event(operation, before, after, 6)))
                .isInstanceOf(JobStopped.class)
                .hasMessage("NotAppendOnly: a record of table public.log updates or deletes a row, and the table is"
                        + " append-only: nothing tells which of the rows it is (acme.shop.public.log-0@2)");

        batch.abandonRow();
        read(0, 3, event("c", "null", "{\"line\":\"c\"}", 7));
        assertThat(NativeBlock.rows(batch)).extracting(row -> row.get("line")).containsExactly("a", "c");
    }

    /** Debezium takes a unique index for a key, and an update of it for a delete and a create. */
    @Test
    void aRowThatCameByAChangedKeyIsAnUpdate() {
        byte[] key = "{\"line\":\"a\"}".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> reader.read(record(0, 1, event("c", "null", "{\"line\":\"b\"}", 6), key), batch))
                .isInstanceOf(JobStopped.class)
                .hasMessageStartingWith("NotAppendOnly: ");
    }

    @Test
    void whatIsOlderThanATruncationIsLeftOut() {
        reader.raiseFloor(6);

        read(0, 1, event("r", "null", "{\"line\":\"a\"}", 5));
        read(1, 1, event("c", "null", "{\"line\":\"a\"}", 5));
        read(1, 2, event("c", "null", "{\"line\":\"b\"}", 6));

        assertThat(NativeBlock.rows(batch))
                .extracting(row -> row.get("_offset"))
                .containsExactly(2L);
    }

    @Test
    void nothingIsLacking() {
        assertThat(LOG.mayLack()).isFalse();
    }

    @Test
    void aTruncationIsKnownWithoutAKey() {
        assertThat(reader.isTruncation(record(0, 1, event("t", "null", "null", 5), null)))
                .isTrue();
        assertThat(reader.isTruncation(record(0, 1, event("c", "null", "{\"line\":\"b\"}", 5), null)))
                .isFalse();
        assertThat(reader.isTruncation(record(0, 1, "[", null))).isFalse();
    }
}
