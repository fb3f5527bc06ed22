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

/** Tests with a table of notes: what they read goes into a batch, until they insert it. */
abstract class UnchangedNotes {

    static final JobSpec.Table NOTES = Specs.table(
            "notes",
            List.of(
                    new JobSpec.Column("n", new ColumnType.Int(64), false),
                    new JobSpec.Column("body", new ColumnType.Text(), true),
                    Specs.ID,
                    new JobSpec.Column("price", new ColumnType.Decimal(60, 2), true),
                    new JobSpec.Column("tags", new ColumnType.Array(new ColumnType.Text()), false)),
            "id");
    static final String GONE = '"' + Specs.PLACEHOLDER + '"';
    static final String VALUES = "\"body\":\"long\",\"price\":\"1.50\",\"tags\":\"[\\\"a\\\",null]\"";
    static final String UNCHANGED = "\"body\":" + GONE + ",\"price\":" + GONE + ",\"tags\":" + GONE;
    static final long BYTES = 1 << 20;

    final StoredTable table = new StoredTable(NOTES);
    final TableLayout layout = Specs.layout(NOTES);
    final ChangeReader reader = new ChangeReader(layout);
    Batch batch;
    int offset;

    @BeforeEach
    void begin() {
        batch = new Batch(layout);
    }

    static String row(long id, int n, String values) {
        return "{\"n\":" + n + "," + values + ",\"id\":" + id + "}";
    }

    static String key(long id) {
        return "{\"id\":" + id + "}";
    }

    void create(long id, long lsn) {
        read(event("c", "null", row(id, (int) lsn, VALUES), lsn), null);
    }

    void update(long id, long lsn) {
        read(event("u", "null", row(id, (int) lsn, UNCHANGED), lsn), null);
    }

    void delete(long id, long lsn) {
        read(event("d", row(id, 0, UNCHANGED), "null", lsn), null);
    }

    void leave(long from, long to, long lsn) {
        read(event("d", row(from, 0, UNCHANGED), "null", lsn), key(to));
    }

    void arrive(long from, long to, long lsn) {
        read(event("c", "null", row(to, (int) lsn, UNCHANGED), lsn), key(from));
    }

    void read(String event, String otherKey) {
        byte[] header = otherKey == null ? null : otherKey.getBytes(StandardCharsets.UTF_8);
        reader.read(new RawRecord(0, 3, offset++, event.getBytes(StandardCharsets.UTF_8), header), batch);
    }

    void insert() throws InterruptedException {
        insert(BYTES);
    }

    void insert(long bytes) throws InterruptedException {
        Filling filling = new Filling(batch, bytes);
        Batch filled;
        do {
            filled = filling.next(table);
            table.insert(filled);
        } while (filled != batch);
        batch = new Batch(layout);
    }

    void assertWhole(long id, long lsn) {
        Map<String, Object> row = table.rows().get(id);
        assertThat(row)
                .containsEntry("n", lsn)
                .containsEntry("body", "long")
                .containsEntry("price", new BigDecimal("1.50"))
                .containsEntry("tags", Arrays.asList("a", null))
                .containsEntry("_deleted", 0);
        assertThat(StoredTable.version(row).longValue()).isEqualTo(lsn);
    }

    void assertStops(String sentence) {
        assertThatThrownBy(this::insert)
                .isInstanceOf(JobStopped.class)
                .hasMessage("UnavailableValue: the value of column body of table public.notes was not changed, so"
                        + " capture did not receive it (TOAST), and " + sentence + " (acme.shop.public.notes-3@"
                        + (offset - 1) + ")");
    }
}
