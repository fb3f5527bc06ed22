package dev.tributary.job.change;

import dev.tributary.job.value.Replacements;
import dev.tributary.job.value.RowBinary;
import dev.tributary.jobspec.ColumnType;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A question to ClickHouse, and its answer: the newest row of each of some keys, tombstones included, with the columns of
 * the key, {@code _version}, {@code _deleted} and the wanted ones, in this order and in the format RowBinary.
 */
public final class StoredRows {

    /** Of the upper half of a version. */
    private static final int EPOCH_SHIFT = 48;

    /** One value of a key, as Native has it; texts and bytes without their length. */
    public record KeyValue(ColumnType type, byte[] value) {}

    /**
     * The newest row of a key.
     *
     * @param row its row in these columns
     * @param position its position in the epoch, unsigned: the highest if it is of a later epoch
     */
    record Stored(int row, long position, boolean deleted) {}

    private final Batch asking;
    private final TableLayout layout;
    private final ColumnBuffer[] columns;
    private final int[] keyColumns;
    private final KeyIndex keys;
    private final BitSet wanted = new BitSet();

    /** The rows of the asking batch, and for each the row here that has its key: the same for rows of one key. */
    private final Map<Integer, Integer> asked = new LinkedHashMap<>();

    private final Map<Integer, Stored> found = new HashMap<>();
    private int rows;

    StoredRows(Batch asking) {
        this.asking = asking;
        layout = asking.layout();
        columns = layout.newColumns(new Replacements());
        keyColumns = layout.keyColumns();
        keys = new KeyIndex(layout.keyOf(columns));
    }

    /** Asks for this column of the newest row of the key that a row of the asking batch has. */
    void ask(int row, int column) {
        wanted.set(column);
        if (!asked.containsKey(row)) {
            asked.put(row, askKey(row));
        }
    }

    private int askKey(int row) {
        BitSet copied = new BitSet();
        for (int column : keyColumns) {
            columns[column].copy(asking.column(column), row);
            copied.set(column);
        }
        addDefaults(copied);
        int slot = keys.slot(rows);
        if (keys.row(slot) < 0) {
            keys.set(slot, rows);
        }
        rows++;
        return keys.row(slot);
    }

    boolean isEmpty() {
        return asked.isEmpty();
    }

    public TableLayout layout() {
        return layout;
    }

    /** The names of the wanted columns. */
    public List<String> wanted() {
        return wanted.stream()
                .mapToObj(column -> layout.table().columns().get(column).name())
                .toList();
    }

    /** The keys, each once, their values in the order of the table's key. */
    public List<List<KeyValue>> keys() {
        return asked.values().stream().distinct().map(this::key).toList();
    }

    private List<KeyValue> key(int row) {
        return Arrays.stream(keyColumns)
                .mapToObj(column ->
                        new KeyValue(layout.table().columns().get(column).type(), columns[column].value(row)))
                .toList();
    }

    /**
     * Takes the answer, in place of any taken before.
     *
     * @param most the bytes that may be read
     * @return false if there were more: what was read then is void
     * @throws IOException when the answer breaks off or is none
     */
    public boolean read(InputStream answer, long most) throws IOException {
        forget();
        RowBinary in = new RowBinary(new BufferedInputStream(answer));
        while (!in.atEnd()) {
            readRow(in);
            if (size() > most) {
                return false;
            }
        }
        return true;
    }

    /** Keeps the question and drops the answer. */
    private void forget() {
        List<Integer> again = List.copyOf(asked.keySet());
        for (ColumnBuffer column : columns) {
            column.clear();
        }
        keys.clear();
        found.clear();
        rows = 0;
        again.forEach(row -> asked.put(row, askKey(row)));
    }

    private void readRow(RowBinary in) throws IOException {
        BitSet read = new BitSet();
        for (int column : keyColumns) {
            columns[column].readStored(in);
            read.set(column);
        }
        long lower = in.readLong();
        long upper = in.readLong();
        boolean deleted = in.readByte() == 1;
        for (int column = wanted.nextSetBit(0); column >= 0; column = wanted.nextSetBit(column + 1)) {
            columns[column].readStored(in);
            read.set(column);
        }
        addDefaults(read);
        int key = keys.row(keys.slot(rows));
        if (key < 0) {
            throw new IOException("ClickHouse answers with a row that was not asked for");
        }
        long epoch = upper >>> EPOCH_SHIFT;
        if (epoch >= layout.epoch()) {
            boolean later = upper != (long) layout.epoch() << EPOCH_SHIFT;
            found.put(key, new Stored(rows, later ? -1 : lower, deleted));
        }
        rows++;
    }

    /** Where the row being appended has no value of its own. */
    private void addDefaults(BitSet present) {
        for (int column = 0; column < columns.length; column++) {
            if (!present.get(column)) {
                columns[column].addDefault();
            }
        }
    }

    private long size() {
        return Arrays.stream(columns).mapToLong(ColumnBuffer::size).sum();
    }

    /** What ClickHouse has under the key of a row that was asked for; null if it has nothing of this epoch. */
    @Nullable
    Stored of(int row) {
        Integer key = asked.get(row);
        return key == null ? null : found.get(key);
    }

    Cell cell(Stored stored, int column) {
        return new Cell(columns[column], stored.row());
    }
}
