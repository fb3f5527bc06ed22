package dev.tributary.job.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.JobStopped;
import dev.tributary.job.StopReason;
import dev.tributary.job.source.RawRecord;
import dev.tributary.jobspec.ColumnType;
import dev.tributary.jobspec.JobSpec;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.jspecify.annotations.Nullable;

/**
 * Random histories of a few keys whose large values are mostly left out because they were not changed: with a snapshot,
 * deletes, changed keys, a rewinding connector, a job that dies between any two inserts and reads again, batches cut
 * anywhere, and a table that keeps only the highest version of a key. Each row that is visible is, in all its columns, the
 * row that the source had at that position; it never goes back, and in the end all is as at the source.
 */
class RandomUnchangedValuesTest {

    private static final int KEYS = 5;
    private static final BigInteger POSITION = BigInteger.ONE.shiftLeft(112).subtract(BigInteger.ONE);
    private static final JobSpec.Table TABLE = Specs.table(
            "t",
            List.of(
                    Specs.ID,
                    new JobSpec.Column("n", new ColumnType.Int(64), false),
                    new JobSpec.Column("body", new ColumnType.Text(), true),
                    new JobSpec.Column("tags", new ColumnType.Array(new ColumnType.Text()), false)),
            "id");

    private record Row(long n, @Nullable String body, List<String> tags) {}

    /** @param otherKey where the key was changed, the other one; else -1 */
    private record Change(
            String op, long key, long lsn, @Nullable Row row, String event, long otherKey) {

        RawRecord record(int offset) {
            byte[] header = otherKey < 0 ? null : ("{\"id\":" + otherKey + "}").getBytes(StandardCharsets.UTF_8);
            return new RawRecord(0, 0, offset, event.getBytes(StandardCharsets.UTF_8), header);
        }
    }

    private static String json(long key, Row row, boolean withBody, boolean withTags) {
        String gone = '"' + Specs.PLACEHOLDER + '"';
        String body = row.body() == null ? "null" : '"' + row.body() + '"';
        String tags = "\"[\\\"" + String.join("\\\",\\\"", row.tags()) + "\\\"]\"";
        return "{\"id\":" + key + ",\"n\":" + row.n() + ",\"body\":" + (withBody ? body : gone) + ",\"tags\":"
                + (withTags ? tags : gone) + "}";
    }

    /** The source: what it holds, and what is told of it. */
    private static final class Source {
        private final Random random;
        private final Map<Long, Row> rows = new TreeMap<>();
        private final List<Change> log = new ArrayList<>();
        private long lsn = 100;
        private long n;

        Source(Random random) {
            this.random = random;
        }

        private Row fresh() {
            n++;
            return new Row(n, random.nextInt(5) == 0 ? null : "body" + n, List.of("tag" + n, "x"));
        }

        private void tell(String op, long key, @Nullable Row row, String before, String after, long otherKey) {
            log.add(new Change(op, key, lsn, row, Specs.event(op, before, after, lsn), otherKey));
        }

        private void delete(long key, long otherKey) {
            tell("d", key, null, json(key, new Row(0, null, List.of("")), true, true), "null", otherKey);
            rows.remove(key);
        }

        void change() {
            lsn += 8;
            long key = random.nextInt(KEYS);
            Row row = rows.get(key);
            if (row == null) {
                Row created = fresh();
                rows.put(key, created);
                tell("c", key, created, "null", json(key, created, true, true), -1);
                return;
            }
            int kind = random.nextInt(10);
            if (kind == 0) {
                delete(key, -1);
                return;
            }
            boolean withBody = kind == 1;
            boolean withTags = kind <= 2;
            Row next = fresh();
            Row changed = new Row(next.n(), withBody ? next.body() : row.body(), withTags ? next.tags() : row.tags());
            long other = random.nextInt(KEYS);
            if (kind >= 8 && !rows.containsKey(other)) {
                delete(key, other);
                rows.put(other, changed);
                tell("c", other, changed, "null", json(other, changed, withBody, withTags), key);
                return;
            }
            rows.put(key, changed);
            tell("u", key, changed, "null", json(key, changed, withBody, withTags), -1);
        }

        void snapshot() {
            lsn += 8;
            log.clear();
            rows.forEach((key, row) -> tell("r", key, row, "null", json(key, row, true, true), -1));
        }
    }

    @Property(tries = 1000)
    void everyVisibleRowIsWholeAndNeverGoesBack(@ForAll long seed) throws InterruptedException {
        Random random = new Random(seed);
        Source source = new Source(random);
        repeat(random.nextInt(20), source::change);
        source.snapshot();
        int read = source.log.size();
        repeat(random.nextInt(60), source::change);
        Visible visible = new Visible(source.log);
        List<Change> topic = topic(source.log, read, random);

        run(topic, random, visible);

        assertThat(visible.rows()).isEqualTo(source.rows);
    }

    /**
     * Old and new key may lie in two partitions, which are read at different speeds. Then a value may not be there yet, and
     * the job stops and looks again; or, where the old key was used again meanwhile, it may be gone. It is never a wrong one.
     */
    @Property(tries = 2000)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void twoPartitionsNeverShowARowThatIsNotWhole(@ForAll long seed) throws InterruptedException {
        Random random = new Random(seed);
        Source source = new Source(random);
        repeat(random.nextInt(20), source::change);
        source.snapshot();
        repeat(random.nextInt(40), source::change);
        Visible visible = new Visible(source.log);
        List<List<Change>> topics = List.of(partition(source.log, 0, random), partition(source.log, 1, random));
        int[] offsets = new int[2];

        for (int batches = 0; batches < 400 && !isRead(topics, offsets); batches++) {
            int partition = random.nextInt(2);
            if (offsets[partition] == topics.get(partition).size()) {
                partition = 1 - partition;
            }
            try {
                offsets[partition] = readBatch(topics.get(partition), offsets[partition], random, visible);
            } catch (JobStopped e) {
                assertThat(e.reason()).isEqualTo(StopReason.UNAVAILABLE_VALUE);
                offsets[0] = random.nextInt(offsets[0] + 1);
                offsets[1] = random.nextInt(offsets[1] + 1);
            }
        }

        boolean read = isRead(topics, offsets);
        if (read) {
            assertThat(visible.rows()).isEqualTo(source.rows);
        }
        Statistics.collect(read);
        Statistics.coverage(coverage -> coverage.check(true).percentage(share -> share > 90));
    }

    private static boolean isRead(List<List<Change>> topics, int[] offsets) {
        return offsets[0] == topics.get(0).size() && offsets[1] == topics.get(1).size();
    }

    private static List<Change> partition(List<Change> log, int partition, Random random) {
        List<Change> part =
                log.stream().filter(change -> change.key() % 2 == partition).toList();
        long read = part.stream().filter(change -> change.op().equals("r")).count();
        return topic(part, (int) read, random);
    }

    private static int readBatch(List<Change> topic, int from, Random random, Visible visible)
            throws InterruptedException {
        int end = Math.min(topic.size(), from + 1 + random.nextInt(15));
        insert(batch(topic, from, end), Integer.MAX_VALUE, 1 << 20, visible);
        return end;
    }

    private static Batch batch(List<Change> topic, int from, int to) {
        TableLayout layout = Specs.layout(TABLE);
        Batch batch = new Batch(layout);
        ChangeReader reader = new ChangeReader(layout);
        for (int offset = from; offset < to; offset++) {
            reader.read(topic.get(offset).record(offset), batch);
        }
        return batch;
    }

    private static void repeat(int times, Runnable work) {
        for (int i = 0; i < times; i++) {
            work.run();
        }
    }

    /** What was streamed, with parts of it sent twice. */
    private static List<Change> topic(List<Change> log, int snapshot, Random random) {
        List<Change> topic = new ArrayList<>(log.subList(0, snapshot));
        int sent = snapshot;
        while (sent < log.size()) {
            topic.add(log.get(sent++));
            if (random.nextInt(12) == 0 && topic.size() < 500) {
                sent = snapshot + random.nextInt(sent - snapshot + 1);
            }
        }
        return topic;
    }

    /** The job reads the topic in batches, and now and then dies, before or between their inserts, or after them. */
    private static void run(List<Change> topic, Random random, Visible visible) throws InterruptedException {
        // What is filled in pieces may stop for good if the job dies between two of them.
        boolean inPieces = random.nextInt(4) == 0;
        int deaths = inPieces ? 0 : random.nextInt(5);
        long bytes = inPieces ? 1 : 1 << 20;
        int offset = 0;
        while (offset < topic.size()) {
            int end = Math.min(topic.size(), offset + 1 + random.nextInt(15));
            Batch batch = batch(topic, offset, end);
            boolean dies = deaths > 0 && random.nextInt(4) == 0;
            boolean inserted = insert(batch, dies ? random.nextInt(2) : Integer.MAX_VALUE, bytes, visible);
            int reached = inserted ? end : offset;
            offset = dies ? random.nextInt(reached + 1) : end;
            deaths -= dies ? 1 : 0;
        }
    }

    /** Whether all was inserted before the job died. */
    private static boolean insert(Batch batch, int inserts, long bytes, Visible visible) throws InterruptedException {
        Filling filling = new Filling(batch, bytes);
        int left = inserts;
        Batch filled;
        do {
            filled = filling.next(visible.table);
            if (left-- <= 0) {
                return false;
            }
            visible.insert(filled);
        } while (filled != batch);
        return true;
    }

    /** What FINAL shows, checked after each insert. */
    private static final class Visible {
        private final StoredTable table = new StoredTable(TABLE);
        private final Map<String, Row> rowAt = new HashMap<>();
        private final Map<Long, BigInteger> versions = new HashMap<>();

        Visible(List<Change> log) {
            log.forEach(change ->
                    rowAt.put(change.key() + "@" + (change.op().equals("r") ? 0 : change.lsn()), change.row()));
        }

        void insert(Batch batch) {
            table.insert(batch);
            table.rows().forEach((key, row) -> {
                BigInteger version = StoredTable.version(row);
                assertThat(version).isGreaterThanOrEqualTo(versions.getOrDefault(key, BigInteger.ZERO));
                versions.put(key, version);
            });
            rows().forEach((key, row) -> assertThat(row)
                    .as("key %s", key)
                    .isEqualTo(rowAt.get(key + "@" + versions.get(key).and(POSITION))));
        }

        Map<Long, Row> rows() {
            Map<Long, Row> rows = new TreeMap<>();
            table.rows().forEach((key, row) -> {
                if (row.get("_deleted").equals(0)) {
                    rows.put(key, new Row((Long) row.get("n"), (String) row.get("body"), strings((List<?>)
                            row.get("tags"))));
                }
            });
            return rows;
        }

        private static List<String> strings(List<?> values) {
            return values.stream().map(String.class::cast).toList();
        }
    }
}
