package dev.tributary.job.change;

import dev.tributary.job.value.Replacements;
import dev.tributary.jobspec.JobSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one table, in columns, of which it keeps one per key: the one with the highest position at the source, and of
 * two with the same position the one that came later. Not the last to arrive: Connect may rewind. Of a table without a
 * key it keeps all.
 *
 * <p>Writing is repeatable and does not change the batch.
 */
public final class Batch {

    /** What is added to a row, its slot in the index and the row before it. */
    private static final int FIXED_BYTES_PER_ROW = AddedValues.BYTES_PER_ROW + 5 * Integer.BYTES;

    private final TableLayout layout;
    private final ColumnBuffer[] columns;
    private final KeyIndex keys;
    private final BitSet superseded = new BitSet();
    private final BitSet mayLack;
    private final boolean appendOnly;
    private final Ancestry ancestry = new Ancestry();
    private final OffsetRanges offsets = new OffsetRanges();

    private final AddedValues added;
    private final CommitTimes commitTimes;
    private final Replacements replacements = new Replacements();
    private int rows;

    /** The columns that the row being read lacks. */
    private @Nullable BitSet lacking;

    public Batch(TableLayout layout) {
        this.layout = layout;
        columns = layout.newColumns(replacements);
        keys = new KeyIndex(layout.keyOf(columns));
        added = new AddedValues(layout);
        commitTimes = new CommitTimes(layout.lateAfter(), System::currentTimeMillis);
        mayLack = layout.mayBeUnavailable();
        appendOnly = layout.table().appendOnly();
    }

    public TableLayout layout() {
        return layout;
    }

    /** An upper bound of what one row needs beyond its record's own length. */
    public static int fixedBytesPerRow(JobSpec.Table table) {
        // 33: the widest value with its flag, which a NULL of a few letters takes as well.
        return FIXED_BYTES_PER_ROW + 33 * table.columns().size();
    }

    ColumnBuffer column(int index) {
        return columns[index];
    }

    /** Capture does not have this value of the row being read, because it was not changed. */
    void lacks(int column) {
        if (lacking == null) {
            lacking = new BitSet();
        }
        lacking.set(column);
    }

    /** The first column whose value capture does not have for the row being read; -1 if it has all. */
    int firstLacking() {
        return lacking == null ? -1 : lacking.nextSetBit(0);
    }

    /** Gives up the row being read, however far it came. */
    public void abandonRow() {
        for (ColumnBuffer column : columns) {
            column.keep(rows);
        }
        lacking = null;
        replacements.abandonRow();
    }

    /** Ends the row whose columns were all appended, and says which it is. */
    int endRow(Operation operation, long position, long timeMillis, int partition, long offset) {
        offsets.add(partition, offset);
        commitTimes.add(operation, timeMillis);
        replacements.endRow();
        int row = end(operation, position, timeMillis);
        if (appendOnly) {
            added.addPlace(partition, offset);
            return row;
        }
        if (lacking != null) {
            ancestry.addGap(row, new Gap(Gap.Kind.of(operation), lacking, partition, offset));
            lacking = null;
        }
        keepNewest(row);
        return row;
    }

    private int end(Operation operation, long position, long timeMillis) {
        added.add(operation, position, timeMillis);
        ancestry.add(rows, Ancestry.NONE);
        return rows++;
    }

    private void keepNewest(int row) {
        int slot = keys.slot(row);
        int rival = keys.row(slot);
        if (rival >= 0 && added.isHigher(rival, row)) {
            superseded.set(row);
            return;
        }
        if (rival >= 0) {
            superseded.set(rival);
            ancestry.follow(row, rival);
        }
        keys.set(slot, row);
    }

    /** Whether rows of this table may lack values. */
    boolean mayLack() {
        return !mayLack.isEmpty();
    }

    /**
     * Ends a row of nothing but a key: that under which the row before it stood until then, or, if that row is a tombstone,
     * that under which it stands from then on.
     */
    void endOtherKey(int row, int partition, long offset) {
        boolean left = isDeleted(row);
        // No change stands there: a record of PostgreSQL's log takes more than a byte.
        long position = left ? position(row) - 1 : position(row);
        // Newer rows of the key came before it, and the batch no longer knows what stood before it. It handed over
        // then.
        boolean isSentAgain = superseded.get(row);
        int other = end(Operation.DELETE, position, added.timeMillis(row));
        superseded.set(other);
        int newest = keys.row(keys.slot(other));
        if (left && isSentAgain) {
            return;
        }
        if (left) {
            ancestry.addGap(row, new Gap(Gap.Kind.LEFT, mayLack, partition, offset));
            ancestry.left(row, other, newest, added, partition, offset);
        } else {
            ancestry.arrived(row, newest, added);
        }
    }

    boolean isDeleted(int row) {
        return added.isDeleted(row);
    }

    long position(int row) {
        return added.position(row);
    }

    Ancestry ancestry() {
        return ancestry;
    }

    /** The rows that must be filled before they can be written. From now on they are left out of what is written. */
    int[] withhold() {
        int[] rowsToFill = ancestry.toFill(superseded);
        for (int row : rowsToFill) {
            superseded.set(row);
        }
        return rowsToFill;
    }

    /** The newest row with the key of this row. */
    int newest(int row) {
        return keys.row(keys.slot(row));
    }

    /**
     * Appends a row of another batch of the same table.
     *
     * @param values for each column where its value is
     */
    void append(Batch other, int row, Cell[] values) {
        for (int i = 0; i < columns.length; i++) {
            columns[i].copy(values[i].column(), values[i].row());
        }
        AddedValues from = other.added;
        keepNewest(end(from.operation(row), from.position(row), from.timeMillis(row)));
    }

    /** Takes what was read for a row of another batch for read here. */
    void read(Gap gap) {
        offsets.add(gap.partition(), gap.offset());
    }

    /** Appends the rows of another batch, whose offsets are among those of this one. */
    void addAll(Batch filled) {
        for (int row = 0; row < filled.rows; row++) {
            Cell[] values = new Cell[columns.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = new Cell(filled.columns[i], row);
            }
            append(filled, row, values);
        }
    }

    public boolean isEmpty() {
        return rows == 0;
    }

    /** The rows read, superseded ones included. */
    public int rows() {
        return rows;
    }

    /** The rows that {@link #writeTo} writes. */
    public int liveRows() {
        return rows - superseded.cardinality();
    }

    /** When the changes that were read were committed; empty for rows that come from another batch. */
    public CommitTimes commitTimes() {
        return commitTimes;
    }

    /** The values of the rows read that something else is carried for; none of rows that come from another batch. */
    public Replacements replacements() {
        return replacements;
    }

    /** The partitions and offsets the rows came from. */
    public String offsets() {
        return offsets.toString();
    }

    /** Bytes filled. */
    public long size() {
        long sum = (long) FIXED_BYTES_PER_ROW * rows + ancestry.size();
        for (ColumnBuffer column : columns) {
            sum += column.size();
        }
        return sum;
    }

    /** Bytes held, filled or not. */
    public long capacity() {
        long sum = keys.capacity() + ancestry.capacity() + added.capacity();
        for (ColumnBuffer column : columns) {
            sum += column.capacity();
        }
        return sum;
    }

    /**
     * What {@link #writeTo} writes, in short.
     *
     * @param bytes how many
     * @param checksum their CRC32C
     */
    public record Digest(long bytes, long checksum) {}

    /** The digest of what {@link #writeTo} writes. */
    public Digest digest() {
        DigestStream stream = new DigestStream();
        try {
            writeTo(stream);
        } catch (IOException e) {
            throw new IllegalStateException("a stream to nowhere cannot fail", e);
        }
        return stream.digest();
    }

    /** Writes one block in ClickHouse's Native format. */
    public void writeTo(OutputStream out) throws IOException {
        NativeFormat.write(layout.table(), columns, added, new LiveRows(rows, superseded), out);
    }

    /** Makes it empty; what it holds in memory stays. */
    public void clear() {
        for (ColumnBuffer column : columns) {
            column.clear();
        }
        keys.clear();
        superseded.clear();
        ancestry.clear();
        lacking = null;
        offsets.clear();
        added.clear();
        commitTimes.clear();
        replacements.clear();
        rows = 0;
    }
}
