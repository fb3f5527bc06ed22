package dev.tributary.job.change;

import static dev.tributary.job.change.Specs.event;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A row that gets another key keeps the values that were not changed. */
class ChangedKeysTest extends UnchangedNotes {

    @Test
    void aChangedKeyTakesTheValuesAlong() throws Exception {
        create(1, 10);
        update(1, 20);
        leave(1, 2, 30);
        arrive(1, 2, 30);

        insert();

        assertWhole(2, 30);
        assertThat(table.rows().get(1L)).containsEntry("_deleted", 1).containsEntry("body", null);
        assertThat(table.reads()).isZero();
    }

    @Test
    void aChangedKeyTakesTheValuesAlongFromClickHouse() throws Exception {
        create(1, 10);
        create(2, 11);
        delete(2, 12);
        insert();
        leave(1, 2, 30);
        arrive(1, 2, 30);
        leave(2, 3, 40);
        arrive(2, 3, 40);

        insert();

        assertWhole(3, 40);
        assertThat(table.rows().get(2L)).containsEntry("_deleted", 1);
        assertThat(table.reads()).isEqualTo(1);
    }

    @Test
    void aKeyThatIsUsedAgainDoesNotGetInTheWay() throws Exception {
        create(1, 10);
        insert();
        leave(1, 2, 30);
        arrive(1, 2, 30);
        create(1, 40);
        update(1, 50);

        insert();

        assertWhole(1, 50);
        assertWhole(2, 30);
    }

    @Test
    void aBatchMayEndWithinAChangeOfKey() throws Exception {
        create(1, 10);
        insert();
        leave(1, 2, 30);
        insert();
        assertThat(table.rows().get(1L)).containsEntry("_deleted", 1);
        assertThat(table.rows().get(2L)).containsEntry("_deleted", 1);
        arrive(1, 2, 30);
        update(2, 40);

        insert();

        assertWhole(2, 40);
    }

    @Test
    void aBatchThatEndsWithinAChangeOfKeyMayComeAgain() throws Exception {
        create(1, 10);
        insert();
        leave(1, 2, 30);
        insert();
        leave(1, 2, 30);
        insert();
        arrive(1, 2, 30);

        insert();

        assertWhole(2, 30);
    }

    /** Two keys may be in two partitions. */
    @Test
    void theNewKeyMayComeBeforeTheOldOnesTombstone() throws Exception {
        create(1, 10);
        insert();
        arrive(1, 2, 30);
        leave(1, 2, 30);

        insert();

        assertWhole(2, 30);
        assertThat(table.rows().get(1L)).containsEntry("_deleted", 1);
    }

    /** By then the key is another row's, and what stood before is no longer to be seen in the batch. */
    @Test
    void aTombstoneThatIsSentAgainHandsOverNothing() throws Exception {
        read(event("c", "null", row(1, 10, "\"body\":\"old\",\"price\":null,\"tags\":\"[]\""), 10), null);
        insert();
        read(event("u", "null", row(1, 20, VALUES), 20), null);
        leave(1, 2, 30);
        create(1, 40);
        read(event("u", "null", row(1, 20, VALUES), 20), null);
        leave(1, 2, 30);
        insert();
        arrive(1, 2, 30);

        insert();

        assertWhole(2, 30);
        assertWhole(1, 40);
    }

    @Test
    void theNewKeyAloneStopsUntilTheOldOneWasRead() throws Exception {
        create(1, 10);
        insert();
        arrive(1, 2, 30);

        assertStops("ClickHouse does not have it yet from the row's old key; a restart looks again");

        batch = new Batch(layout);
        leave(1, 2, 30);
        insert();
        arrive(1, 2, 30);
        insert();
        assertWhole(2, 30);
    }

    /** Never so unless somebody else writes to the table. */
    @Test
    void aRowThatTookTheOldKeySinceIsNotTheOneBefore() throws Exception {
        create(1, 40);
        insert();
        leave(1, 2, 30);
        arrive(1, 2, 30);

        assertStops("ClickHouse does not have it yet from the row's old key; a restart looks again");
    }

    /** Two rows that swap their keys in pieces: neither may be written before the other was read. */
    @Test
    void aRowIsNotWrittenOverOneThatIsStillToBeRead() throws Exception {
        create(1, 10);
        create(2, 10);
        insert();
        leave(1, 3, 20);
        arrive(1, 3, 20);
        leave(2, 1, 30);
        arrive(2, 1, 30);
        leave(3, 2, 40);
        arrive(3, 2, 40);

        insert(1);

        assertWhole(1, 30);
        assertWhole(2, 40);
    }
}
