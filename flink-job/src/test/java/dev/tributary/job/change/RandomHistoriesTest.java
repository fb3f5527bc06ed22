package dev.tributary.job.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.source.RawRecord;
import dev.tributary.jobspec.ColumnType;
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

/**
 * Random histories of a few keys, with a snapshot in their midst and a transaction open across it, sent again by a
 * rewinding connector, read again by a restarted job, cut into batches anywhere: what a ReplacingMergeTree then shows
 * never goes back, and ends as the source.
 */
class RandomHistoriesTest {

    private static final int KEYS = 4;
    private static final BigInteger POSITION = BigInteger.ONE.shiftLeft(112).subtract(BigInteger.ONE);

    /**
     * @param step counts the changes of one key; the row's value as well
     * @param lsn where the change stands in the WAL, also for a row read by a snapshot
     */
    private record Change(String op, long key, long step, long lsn) {

        String event() {
            String row = "{\"id\":" + key + ",\"v\":" + (op.equals("d") ? 0 : step) + "}";
            return op.equals("d") ? Specs.event(op, row, "null", lsn) : Specs.event(op, "null", row, lsn);
        }
    }

    /** The source: what it committed, in which order, and what it holds at the end. */
    private static final class Source {
        private final Random random;
        private final Map<Long, Change> rows = new TreeMap<>();
        private final Map<Long, Long> steps = new HashMap<>();
        private long lsn = 100;

        Source(Random random) {
            this.random = random;
        }

        Change change(long key) {
            long step = steps.merge(key, 1L, Long::sum);
            lsn += 1 + random.nextInt(3);
            Change last = rows.get(key);
            boolean absent = last == null || last.op().equals("d");
            String op = absent ? "c" : random.nextInt(3) == 0 ? "d" : "u";
            Change change = new Change(op, key, step, lsn);
            rows.put(key, change);
            return change;
        }

        List<Change> snapshot(Map<Long, Change> committed) {
            lsn++;
            return committed.values().stream()
                    .filter(row -> !row.op().equals("d"))
                    .map(row -> new Change("r", row.key(), row.step(), lsn))
                    .toList();
        }
    }

    /**
     * @param newestRead the newest step of each key read so far
     */
    private record Cut(Batch batch, Map<Long, Long> newestRead) {}

    @Property(tries = 1000)
    void theVisibleStateNeverGoesBackAndEndsAsTheSource(@ForAll long seed) {
        Random random = new Random(seed);
        Source source = new Source(random);
        List<Change> topic = topic(source, random);
        Map<String, Long> stepAt = new HashMap<>();
        topic.stream()
                .filter(change -> !change.op().equals("r"))
                .forEach(change -> stepAt.put(change.key() + "@" + change.lsn(), change.step()));
        Map<Long, Long> snapshotSteps = new HashMap<>();
        topic.stream()
                .filter(change -> change.op().equals("r"))
                .forEach(change -> snapshotSteps.put(change.key(), change.step()));
        Map<Long, Map<String, Object>> table = new HashMap<>();
        Map<Long, Long> shown = new HashMap<>();

        for (Cut cut : cuts(topic, random)) {
            merge(NativeBlock.rows(cut.batch()), table);
            table.forEach((key, row) -> {
                long position = ((BigInteger) row.get("_version")).and(POSITION).longValueExact();
                Long step = position == 0 ? snapshotSteps.get(key) : stepAt.get(key + "@" + position);
                assertThat(step).as("the change of key %s shown", key).isNotNull();
                assertThat(step).as("what key %s shows", key).isGreaterThanOrEqualTo(shown.getOrDefault(key, 0L));
                shown.put(key, step);
            });
            assertThat(shown).as("what a checkpoint taken here promises").isEqualTo(cut.newestRead());
        }

        assertThat(visible(table)).isEqualTo(expected(source));
    }

    /** Snapshot, then what was committed after it, with parts of it sent twice. */
    private static List<Change> topic(Source source, Random random) {
        int before = random.nextInt(10);
        for (int i = 0; i < before; i++) {
            source.change(random.nextInt(KEYS));
        }
        Map<Long, Change> committed = new TreeMap<>(source.rows);
        // Written before the snapshot, committed after it: streamed, with an LSN lower than the snapshot's.
        List<Change> streamed = new ArrayList<>();
        long open = random.nextInt(KEYS + 1);
        for (int i = 0; open < KEYS && i < 2; i++) {
            streamed.add(source.change(open));
        }
        List<Change> topic = new ArrayList<>(source.snapshot(committed));
        int after = random.nextInt(40);
        for (int i = 0; i < after; i++) {
            streamed.add(source.change(random.nextInt(KEYS)));
        }
        int sent = 0;
        while (sent < streamed.size()) {
            topic.add(streamed.get(sent++));
            if (random.nextInt(10) == 0) {
                sent = random.nextInt(sent + 1);
            }
            if (topic.size() > 400) {
                topic.addAll(streamed.subList(sent, streamed.size()));
                break;
            }
        }
        return topic;
    }

    /** The job reads the topic in batches, and now and then starts again from an earlier offset. */
    private static List<Cut> cuts(List<Change> topic, Random random) {
        TableLayout layout = Specs.layout(Specs.table(new ColumnType.Int(64), false));
        ChangeReader reader = new ChangeReader(layout);
        List<Cut> cuts = new ArrayList<>();
        Map<Long, Long> newestRead = new HashMap<>();
        int offset = 0;
        int restarts = random.nextInt(4);
        while (offset < topic.size()) {
            Batch batch = new Batch(layout);
            int end = Math.min(topic.size(), offset + 1 + random.nextInt(12));
            for (; offset < end; offset++) {
                byte[] event = topic.get(offset).event().getBytes(StandardCharsets.UTF_8);
                reader.read(new RawRecord(0, 0, offset, event), batch);
                newestRead.merge(topic.get(offset).key(), topic.get(offset).step(), Math::max);
            }
            cuts.add(new Cut(batch, Map.copyOf(newestRead)));
            if (restarts > 0 && random.nextInt(3) == 0) {
                restarts--;
                offset = random.nextInt(offset + 1);
            }
        }
        return cuts;
    }

    /** ReplacingMergeTree: the highest version of a key, and of equal ones the last inserted. */
    private static void merge(List<Map<String, Object>> rows, Map<Long, Map<String, Object>> table) {
        for (Map<String, Object> row : rows) {
            table.merge(
                    (Long) row.get("id"),
                    row,
                    (old, young) -> version(old).compareTo(version(young)) > 0 ? old : young);
        }
    }

    private static BigInteger version(Map<String, Object> row) {
        return (BigInteger) row.get("_version");
    }

    private static Map<Long, Object> visible(Map<Long, Map<String, Object>> table) {
        Map<Long, Object> visible = new TreeMap<>();
        table.forEach((key, row) -> {
            if (row.get("_deleted").equals(0)) {
                visible.put(key, row.get("v"));
            }
        });
        return visible;
    }

    private static Map<Long, Object> expected(Source source) {
        Map<Long, Object> expected = new TreeMap<>();
        source.rows.forEach((key, row) -> {
            if (!row.op().equals("d")) {
                expected.put(key, row.step());
            }
        });
        return expected;
    }
}
