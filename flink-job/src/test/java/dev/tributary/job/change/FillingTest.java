package dev.tributary.job.change;

import static dev.tributary.job.change.Specs.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.job.JobStopped;
import dev.tributary.job.source.RawRecord;
import dev.tributary.jobspec.ColumnType;
import dev.tributary.jobspec.JobSpec;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where values that were not changed are taken from. */
class FillingTest {

    private static final JobSpec.Table NOTES = Specs.table(
            "notes",
            List.of(
                    new JobSpec.Column("n", new ColumnType.Int(64), false),
                    new JobSpec.Column("body", new ColumnType.Text(), true),
                    Specs.ID,
                    new JobSpec.Column("price", new ColumnType.Decimal(60, 2), true),
                    new JobSpec.Column("tags", new ColumnType.Array(new ColumnType.Text()), false)),
            "id");
    private static final String GONE = '"' + Specs.PLACEHOLDER + '"';
    private static final String VALUES = "\"body\":\"long\",\"price\":\"1.50\",\"tags\":\"[\\\"a\\\",null]\"";
    private static final String UNCHANGED = "\"body\":" + GONE + ",\"price\":" + GONE + ",\"tags\":" + GONE;
    private static final long BYTES = 1 << 20;

    private final StoredTable table = new StoredTable(NOTES);
    private final TableLayout layout = Specs.layout(NOTES);
    private final ChangeReader reader = new ChangeReader(layout);
    private Batch batch;
    private int offset;

    @BeforeEach
    void begin() {
        batch = new Batch(layout);
    }

    private static String row(long id, int n, String values) {
        return "{\"n\":" + n + "," + values + ",\"id\":" + id + "}";
    }

    private static String key(long id) {
        return "{\"id\":" + id + "}";
    }

    private void create(long id, long lsn) {
        read(event("c", "null", row(id, (int) lsn, VALUES), lsn), null);
    }

    private void update(long id, long lsn) {
        read(event("u", "null", row(id, (int) lsn, UNCHANGED), lsn), null);
    }

    private void delete(long id, long lsn) {
        read(event("d", row(id, 0, UNCHANGED), "null", lsn), null);
    }

    private void leave(long from, long to, long lsn) {
        read(event("d", row(from, 0, UNCHANGED), "null", lsn), key(to));
    }

    private void arrive(long from, long to, long lsn) {
        read(event("c", "null", row(to, (int) lsn, UNCHANGED), lsn), key(from));
    }

    private void read(String event, String otherKey) {
        byte[] header = otherKey == null ? null : otherKey.getBytes(StandardCharsets.UTF_8);
        reader.read(new RawRecord(0, 3, offset++, event.getBytes(StandardCharsets.UTF_8), header), batch);
    }

    private void insert() throws InterruptedException {
        insert(BYTES);
    }

    private void insert(long bytes) throws InterruptedException {
        Filling filling = new Filling(batch, bytes);
        Batch filled;
        do {
            filled = filling.next(table);
            table.insert(filled);
        } while (filled != batch);
        batch = new Batch(layout);
    }

    private void assertWhole(long id, long lsn) {
        Map<String, Object> row = table.rows().get(id);
        assertThat(row)
                .containsEntry("n", lsn)
                .containsEntry("body", "long")
                .containsEntry("price", new BigDecimal("1.50"))
                .containsEntry("tags", Arrays.asList("a", null))
                .containsEntry("_deleted", 0);
        assertThat(StoredTable.version(row).longValue()).isEqualTo(lsn);
    }

    private void assertStops(String sentence) {
        assertThatThrownBy(this::insert)
                .isInstanceOf(JobStopped.class)
                .hasMessage("UnavailableValue: the value of column body of table public.notes was not changed, so"
                        + " capture did not receive it (TOAST), and " + sentence + " (acme.shop.public.notes-3@"
                        + (offset - 1) + ")");
    }

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
        TableLayout old = new TableLayout(NOTES, layout.tenant(), spec.epoch() - 1, layout.readers());
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
