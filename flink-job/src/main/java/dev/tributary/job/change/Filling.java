package dev.tributary.job.change;

import dev.tributary.job.JobStopped;
import dev.tributary.job.StopReason;
import dev.tributary.jobspec.JobSpec;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Fills what the rows of a batch lack because it was not changed (TOAST): with the values of the row before, which is in
 * the batch or, if the batch has none before it, in ClickHouse.
 *
 * <p>The filled rows go into the batch, so that they are inserted at once with the tombstones of keys that values were read
 * under. More than fits comes before, in batches of its own. Nothing of the table may be in flight, so that ClickHouse has
 * all that was read before the batch.
 */
public final class Filling {

    private static final int MOST_KEYS = 1000;

    /**
     * A place in ClickHouse where a value may be: in the newest row of a key, if that row is of the right time.
     *
     * @param oldest the oldest row of the key that the batch has and that lacks the value
     * @param before the position that the value was there before, unsigned
     */
    private record Place(int oldest, long before) {}

    /**
     * How far the search for a value came.
     *
     * @param row the row that has it, or {@link Ancestry#NONE}
     * @param places where to look on then, the latest first: one for each key that the row had
     */
    private record Trace(int row, List<Place> places) {}

    private final Batch batch;
    private final Ancestry ancestry;
    private final long bytes;
    private final int[] rows;
    private int done;
    private int atOnce = MOST_KEYS;

    /** By the newest row of each key under which values are read, the last of the {@link #rows} that reads there. */
    private final Map<Integer, Integer> readers = new HashMap<>();

    /**
     * Begins, with a batch that is not added to any more.
     *
     * @param bytes about as much is filled at once, and at most as much is read at once, unless a single row has more
     */
    public Filling(Batch batch, long bytes) {
        this.batch = batch;
        this.bytes = bytes;
        ancestry = batch.ancestry();
        rows = batch.withhold();
        for (int i = 0; i < rows.length; i++) {
            BitSet columns = gap(rows[i]).columns();
            int reader = i;
            columns.stream()
                    .mapToObj(column -> trace(rows[reader], column))
                    .flatMap(trace -> trace.places().stream())
                    .forEach(place -> readers.put(batch.newest(place.oldest()), reader));
        }
    }

    /**
     * Fills as much as fits. Rows that ClickHouse has already, or newer ones, are left out.
     *
     * @return filled rows that must be inserted before this is called again; or, at last, the batch itself
     * @throws JobStopped when a value is not to be had
     */
    public Batch next(PointRead clickHouse) throws InterruptedException {
        if (rows.length == 0) {
            return batch;
        }
        Batch filled = new Batch(batch.layout());
        int lastReader = -1;
        while (done < rows.length && (filled.size() < bytes || done <= lastReader)) {
            int from = done;
            step(clickHouse, filled);
            for (int i = from; i < done; i++) {
                lastReader = Math.max(lastReader, readers.getOrDefault(batch.newest(rows[i]), -1));
            }
        }
        if (done < rows.length) {
            return filled;
        }
        batch.addAll(filled);
        return batch;
    }

    private void step(PointRead clickHouse, Batch filled) throws InterruptedException {
        int to = Math.min(rows.length, done + atOnce);
        StoredRows stored = new StoredRows(batch);
        for (int i = done; i < to; i++) {
            ask(rows[i], stored);
        }
        boolean single = to == done + 1;
        if (!stored.isEmpty() && !clickHouse.read(stored, single ? Long.MAX_VALUE : bytes)) {
            atOnce = Math.max(1, (to - done) / 2);
            return;
        }
        for (; done < to; done++) {
            fill(rows[done], stored, filled);
        }
    }

    private void ask(int row, StoredRows stored) {
        BitSet columns = gap(row).columns();
        for (int column = columns.nextSetBit(0); column >= 0; column = columns.nextSetBit(column + 1)) {
            Trace trace = trace(row, column);
            if (trace.row() == Ancestry.NONE) {
                stored.ask(row, column);
                for (Place place : trace.places()) {
                    stored.ask(place.oldest(), column);
                }
            }
        }
    }

    private Trace trace(int row, int column) {
        List<Place> places = new ArrayList<>();
        int at = row;
        long before = batch.position(row);
        while (ancestry.lacks(at, column)) {
            int previous = ancestry.previous(at);
            boolean isOfOldKey = previous != Ancestry.NONE && ancestry.isLeft(previous) && !ancestry.isLeft(at);
            if ((previous == Ancestry.NONE || isOfOldKey) && gap(at).kind() != Gap.Kind.HANDED_OVER) {
                places.add(new Place(at, before));
            }
            if (previous == Ancestry.NONE) {
                return new Trace(Ancestry.NONE, places);
            }
            before = isOfOldKey ? batch.position(previous) : before;
            at = previous;
        }
        return new Trace(at, places);
    }

    private void fill(int row, StoredRows stored, Batch filled) {
        StoredRows.Stored own = stored.of(row);
        if (own != null && Long.compareUnsigned(own.position(), batch.position(row)) >= 0) {
            return;
        }
        Cell[] values = new Cell[batch.layout().table().columns().size()];
        for (int column = 0; column < values.length; column++) {
            Cell value = ancestry.lacks(row, column) ? find(row, column, stored) : new Cell(batch.column(column), row);
            if (value == null) {
                if (gap(row).kind() == Gap.Kind.HANDED_OVER) {
                    // Sent again: the old key's values went to the new one before its tombstone went here.
                    return;
                }
                throw unavailable(row, column);
            }
            values[column] = value;
        }
        filled.append(batch, row, values);
        filled.read(gap(row));
    }

    private @Nullable Cell find(int row, int column, StoredRows stored) {
        Trace trace = trace(row, column);
        if (trace.row() != Ancestry.NONE) {
            return batch.isDeleted(trace.row()) ? null : new Cell(batch.column(column), trace.row());
        }
        for (Place place : trace.places()) {
            StoredRows.Stored found = stored.of(place.oldest());
            if (found != null && isOfTheTime(found, place)) {
                return stored.cell(found, column);
            }
        }
        return null;
    }

    /** Whether what ClickHouse has is the state just before: not older, and not newer. */
    private boolean isOfTheTime(StoredRows.Stored found, Place place) {
        if (Long.compareUnsigned(found.position(), place.before()) >= 0) {
            return false;
        }
        if (gap(place.oldest()).kind() != Gap.Kind.ARRIVED) {
            return !found.deleted();
        }
        // Before that the key was another row's. What the old key handed over is a tombstone just below.
        long arrived = batch.position(place.oldest());
        return found.deleted() ? found.position() == arrived - 1 : Long.compareUnsigned(found.position(), arrived) >= 0;
    }

    private Gap gap(int row) {
        return Objects.requireNonNull(ancestry.gap(row));
    }

    private JobStopped unavailable(int row, int column) {
        JobSpec.Table table = batch.layout().table();
        Gap gap = gap(row);
        return new JobStopped(
                StopReason.UNAVAILABLE_VALUE,
                "the value of column " + table.columns().get(column).name() + " of table " + table.schema() + "."
                        + table.name() + " was not changed, so capture did not receive it (TOAST), and "
                        + (gap.kind() == Gap.Kind.ARRIVED
                                ? "ClickHouse does not have it yet from the row's old key; a restart looks again"
                                : "ClickHouse does not have it either; set REPLICA IDENTITY FULL on the table and have"
                                        + " it read again")
                        + " (" + table.topic() + "-" + gap.partition() + "@" + gap.offset() + ")");
    }
}
