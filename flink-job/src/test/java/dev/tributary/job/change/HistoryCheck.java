package dev.tributary.job.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.JobStopped;
import dev.tributary.job.StopReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Sends a history along a path, cut into blocks anywhere, with the job starting again from earlier offsets, and looks at
 * the table after each block as an analyst does: never at versions. What must be there is told by the source's own count
 * of the changes of each key, of which a newer one never gives way to an older.
 */
final class HistoryCheck {

    /** Begins the message of each counterexample. */
    static final String PROMISE = "what an analyst sees";

    /** The newest change of a key that was read, and in which epoch. */
    private record Read(int epoch, Change change) {}

    private final RandomHistory history;
    private final JobPath path;
    private final Random random;
    private final Map<Long, Map<String, Object>> table = new HashMap<>();
    private final Map<Long, Read> newest = new HashMap<>();
    private List<Long> offsets = List.of();

    private HistoryCheck(RandomHistory history, JobPath path, Random random) {
        this.history = history;
        this.path = path;
        this.random = random;
        path.reads(table);
    }

    /**
     * @param toast whether the history has values that capture did not send; then the job may stop for want of one that
     *     the table does not have
     * @throws AssertionError when what is seen is not what was promised
     */
    static void check(long seed, boolean toast, JobPath path) {
        Random random = new Random(seed);
        try {
            new HistoryCheck(RandomHistory.of(random, toast), path, random).run();
        } catch (JobStopped stopped) {
            if (!toast || stopped.reason() != StopReason.UNAVAILABLE_VALUE) {
                throw stopped;
            }
        }
    }

    private void run() {
        for (RandomHistory.Epoch epoch : history.epochs()) {
            boolean last = epoch.number()
                    == history.epochs().get(history.epochs().size() - 1).number();
            run(epoch, last ? epoch.ends() : somewhereIn(epoch.starts(), epoch.ends()));
        }
        Map<Long, RandomSource.Row> visible = visible();
        assertThat(visible).as(PROMISE + " at the end").isEqualTo(history.rows());
    }

    private void run(RandomHistory.Epoch epoch, List<Long> ends) {
        path.start(epoch.number());
        offsets = new ArrayList<>(epoch.starts());
        boolean swept = epoch.number() == RandomHistory.FIRST_EPOCH;
        int restarts = random.nextInt(4);
        while (!offsets.equals(ends) || !swept) {
            readBlock(ends);
            boolean complete = reached(epoch.snapshotEnds());
            if (!swept && complete && (random.nextInt(3) == 0 || offsets.equals(ends))) {
                sweep();
                swept = true;
            }
            if (restarts > 0 && random.nextInt(4) == 0) {
                restarts--;
                offsets = somewhereIn(epoch.starts(), offsets);
                path.start(epoch.number());
            }
        }
    }

    private void readBlock(List<Long> ends) {
        List<RandomHistory.Sent> records = new ArrayList<>();
        int count = 1 + random.nextInt(12);
        while (records.size() < count && !offsets.equals(ends)) {
            int partition = random.nextInt(offsets.size());
            long offset = offsets.get(partition);
            if (offset < ends.get(partition)) {
                records.add(history.partitions().get(partition).get((int) offset));
                offsets.set(partition, offset + 1);
            }
        }
        insert(path.block(records));
        records.forEach(this::promise);
        assertPromised("after a block");
    }

    /** A record of an older epoch tells nothing that the snapshot has not read. */
    private void promise(RandomHistory.Sent sent) {
        if (sent.epoch() == path.epoch()) {
            Change change = sent.change();
            newest.merge(
                    change.key(),
                    new Read(sent.epoch(), change),
                    (old, young) -> old.change().step() > young.change().step() ? old : young);
        }
    }

    /** What this epoch did not read is gone at the source. */
    private void sweep() {
        insert(path.tombstones(visibleRows()));
        newest.values().removeIf(read -> read.epoch() < path.epoch());
        assertPromised("once the rows of older epochs are gone");
    }

    private void insert(List<Map<String, Object>> block) {
        block.forEach(row -> table.merge((Long) row.get("id"), row, path::winner));
    }

    private void assertPromised(String when) {
        Map<Long, RandomSource.Row> promised = new TreeMap<>();
        newest.forEach((key, read) -> {
            if (!read.change().deletes()) {
                promised.put(
                        key,
                        new RandomSource.Row(read.change().step(), read.change().note()));
            }
        });
        assertThat(visible()).as(PROMISE + " " + when).isEqualTo(promised);
    }

    private List<Map<String, Object>> visibleRows() {
        return table.values().stream()
                .filter(row -> row.get("_deleted").equals(0))
                .toList();
    }

    private Map<Long, RandomSource.Row> visible() {
        Map<Long, RandomSource.Row> visible = new TreeMap<>();
        visibleRows()
                .forEach(row -> visible.put(
                        (Long) row.get("id"), new RandomSource.Row((Long) row.get("v"), (String) row.get("note"))));
        return visible;
    }

    private boolean reached(List<Long> ends) {
        for (int partition = 0; partition < ends.size(); partition++) {
            if (offsets.get(partition) < ends.get(partition)) {
                return false;
            }
        }
        return true;
    }

    private List<Long> somewhereIn(List<Long> from, List<Long> to) {
        List<Long> between = new ArrayList<>();
        for (int partition = 0; partition < from.size(); partition++) {
            long span = to.get(partition) - from.get(partition);
            between.add(from.get(partition) + random.nextInt((int) span + 1));
        }
        return between;
    }
}
