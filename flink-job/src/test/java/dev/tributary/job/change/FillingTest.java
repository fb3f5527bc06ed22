package dev.tributary.job.change;

import static dev.tributary.job.change.Specs.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.job.JobStopped;
import dev.tributary.job.source.RawRecord;
import dev.tributary.jobspec.JobSpec;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Where values that were not changed are taken from. */
class FillingTest extends UnchangedNotes {

    @Test
    void theBatchItselfIsAskedFirst() throws Exception {
        create(1, 10);
        update(1, 20);
        update(1, 30);

        insert();

        assertWhole(1, 30);
        assertThat(table.reads()).isZero();
    }

    @Test
    void whatTheBatchLacksIsReadFromClickHouseAtOnce() throws Exception {
        create(1, 10);
        create(2, 11);
        insert();
        update(1, 20);
        update(1, 30);
        update(2, 40);

        insert();

        assertWhole(1, 30);
        assertWhole(2, 40);
        assertThat(table.reads()).isEqualTo(1);
    }

    @Test
    void aBatchThatLacksNothingReadsNothing() throws Exception {
        create(1, 10);
        delete(1, 20);
        create(1, 30);

        insert();

        assertWhole(1, 30);
        assertThat(table.reads()).isZero();
    }

    @Test
    void nullIsAValue() throws Exception {
        read(event("c", "null", row(1, 10, VALUES.replace("\"long\"", "null")), 10), null);
        insert();
        update(1, 20);

        insert();

        assertThat(table.rows().get(1L)).containsEntry("body", null).containsEntry("n", 20L);
    }

    @Test
    void aRowThatClickHouseHasAlreadyIsLeftOut() throws Exception {
        create(1, 10);
        update(1, 20);
        delete(1, 30);
        insert();
        update(1, 20);

        insert();

        assertThat(table.rows().get(1L)).containsEntry("_deleted", 1);
    }

    /** The connector rewinds in the midst of a batch: what comes again is older than what ClickHouse has. */
    @Test
    void theRowBeforeIsTheOneThatCameBeforeNotTheOneWithTheNextLowerPosition() throws Exception {
        read(event("c", "null", row(1, 10, VALUES.replace("long", "stale")), 10), null);
        read(event("u", "null", row(1, 20, VALUES), 20), null);
        insert();
        update(1, 30);
        read(event("c", "null", row(1, 10, VALUES.replace("long", "stale")), 10), null);

        insert();

        assertWhole(1, 30);
    }

    @Test
    void whatNobodyHasStops() {
        update(1, 20);

        assertStops(
                "ClickHouse does not have it either; set REPLICA IDENTITY FULL on the table and have it read again");
    }

    @Test
    void aTombstoneHasNoValues() throws Exception {
        create(1, 10);
        delete(1, 20);
        insert();
        update(1, 30);

        assertStops(
                "ClickHouse does not have it either; set REPLICA IDENTITY FULL on the table and have it read again");
    }

    @Test
    void aTombstoneInTheBatchHasNoneEither() {
        create(1, 10);
        delete(1, 20);
        update(1, 30);

        assertStops(
                "ClickHouse does not have it either; set REPLICA IDENTITY FULL on the table and have it read again");
    }

    @Test
    void aRowOfAnOlderEpochIsNotTheOneBefore() {
        JobSpec spec = Specs.spec("http://clickhouse:8123", NOTES);
        TableLayout old = new TableLayout(
                NOTES, layout.tenant(), spec.epoch() - 1, layout.onTruncate(), layout.lateAfter(), layout.readers());
        Batch before = new Batch(old);
        new ChangeReader(old)
                .read(
                        new RawRecord(
                                0,
                                3,
                                0,
                                event("c", "null", row(1, 10, VALUES), 10).getBytes(StandardCharsets.UTF_8)),
                        before);
        table.insert(before);
        update(1, 20);

        assertStops(
                "ClickHouse does not have it either; set REPLICA IDENTITY FULL on the table and have it read again");
    }

    @Test
    void aCreatedRowHasNoRowBefore() {
        assertThatThrownBy(() -> read(event("c", "null", row(1, 10, UNCHANGED), 10), null))
                .isInstanceOf(JobStopped.class)
                .hasMessageContaining("the value of column body of table public.notes is one that capture did not"
                        + " receive (TOAST), in a row that was just created");
    }

    @Test
    void anAnswerThatIsTooLargeIsAskedForInParts() throws Exception {
        for (int id = 0; id < 100; id++) {
            create(id, 10);
        }
        insert();
        for (int id = 0; id < 100; id++) {
            update(id, 20);
        }

        insert(100);

        for (int id = 0; id < 100; id++) {
            assertWhole(id, 20);
        }
        assertThat(table.reads()).isGreaterThan(50);
    }
}
