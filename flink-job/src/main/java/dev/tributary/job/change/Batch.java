package dev.tributary.job.change;

import dev.tributary.job.value.Bytes;
import dev.tributary.jobspec.AddedColumn;
import dev.tributary.jobspec.JobSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Rows of one table, in columns, of which it keeps one per key: the one with the highest position at the source, and of
 * two with the same position the one that came later. Not the last to arrive: Connect may rewind.
 *
 * <p>Writing is repeatable and does not change the batch.
 */
public final class Batch {

    /** A bit for each row's version, flag, operation and time, its slot in the index and its position. */
    private static final int FIXED_BYTES_PER_ROW = 16 + 1 + 2 + 8 + 8 + 4 * Integer.BYTES;

    private final TableLayout layout;
    private final ColumnBuffer[] columns;
    private final KeyIndex keys;
    private final BitSet superseded = new BitSet();
    private final OffsetRanges offsets = new OffsetRanges();

    private final Bytes versions = new Bytes(1024);
    private final Bytes deleted = new Bytes(64);
    private final Bytes operations = new Bytes(128);
    private final Bytes times = new Bytes(512);
    private long[] positions = new long[64];
    private long latestTime = Long.MIN_VALUE;
    private int rows;

    public Batch(TableLayout layout) {
        this.layout = layout;
        List<JobSpec.Column> specs = layout.table().columns();
        columns = specs.stream().map(layout::newColumn).toArray(ColumnBuffer[]::new);
        keys = new KeyIndex(layout.table().key().stream()
                .map(name -> columns[layout.columnIndex(name)])
                .toArray(ColumnBuffer[]::new));
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

    /** Ends the row whose columns were all appended. */
    void endRow(Operation operation, long position, long timeMillis, int partition, long offset) {
        versions.putLong(position);
        versions.putLong((long) layout.epoch() << 48);
        deleted.putByte(operation == Operation.DELETE ? 1 : 0);
        operations.putByte(1);
        operations.putByte(operation.code());
        times.putLong(timeMillis);
        if (rows == positions.length) {
            positions = Arrays.copyOf(positions, 2 * rows);
        }
        positions[rows] = position;
        latestTime = Math.max(latestTime, timeMillis);
        offsets.add(partition, offset);
        keepNewest(rows++);
    }

    private void keepNewest(int row) {
        int slot = keys.slot(row);
        int rival = keys.row(slot);
        if (rival >= 0 && Long.compareUnsigned(positions[rival], positions[row]) > 0) {
            superseded.set(row);
            return;
        }
        if (rival >= 0) {
            superseded.set(rival);
        }
        keys.set(slot, row);
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

    /** The latest commit time among the rows, milliseconds since 1970. */
    public long latestTime() {
        return latestTime;
    }

    /** The partitions and offsets the rows came from. */
    public String offsets() {
        return offsets.toString();
    }

    /** Bytes filled. */
    public long size() {
        long sum = (long) FIXED_BYTES_PER_ROW * rows;
        for (ColumnBuffer column : columns) {
            sum += column.size();
        }
        return sum;
    }

    /** Bytes held, filled or not. */
    public long capacity() {
        long sum = keys.capacity()
                + versions.capacity()
                + deleted.capacity()
                + operations.capacity()
                + times.capacity()
                + (long) Long.BYTES * positions.length;
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
        LiveRows live = new LiveRows(rows, superseded);
        List<JobSpec.Column> specs = layout.table().columns();
        Bytes head = new Bytes(256);
        head.putVarint(specs.size() + AddedColumn.values().length);
        head.putVarint(live.count());
        flush(head, out);
        for (int i = 0; i < columns.length; i++) {
            header(specs.get(i).name(), specs.get(i).clickHouseType(), head, out);
            columns[i].write(live, out);
        }
        for (AddedColumn added : AddedColumn.values()) {
            header(added.columnName(), nativeType(added), head, out);
            switch (added) {
                case VERSION -> fixed(versions, 16, live, out);
                case DELETED -> fixed(deleted, 1, live, out);
                case OP -> fixed(operations, 2, live, out);
                case SOURCE_TS -> fixed(times, Long.BYTES, live, out);
                case TENANT -> tenant(live.count(), out);
            }
        }
    }

    /** ClickHouse makes LowCardinality of plain strings itself. */
    private static String nativeType(AddedColumn column) {
        return column.clickHouseType().startsWith("LowCardinality") ? "String" : column.clickHouseType();
    }

    private static void header(String name, String type, Bytes head, OutputStream out) throws IOException {
        for (String text : List.of(name, type)) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            head.putVarint(utf8.length);
            head.put(utf8, 0, utf8.length);
        }
        flush(head, out);
    }

    private static void flush(Bytes bytes, OutputStream out) throws IOException {
        out.write(bytes.array(), 0, bytes.size());
        bytes.clear();
    }

    private static void fixed(Bytes bytes, int width, LiveRows live, OutputStream out) throws IOException {
        for (int run = 0; run < live.runs(); run++) {
            out.write(bytes.array(), live.from(run) * width, (live.to(run) - live.from(run)) * width);
        }
    }

    private void tenant(int count, OutputStream out) throws IOException {
        byte[] tenant = layout.tenant();
        Bytes repeated = new Bytes(Math.max(1, count * (1 + tenant.length)));
        for (int i = 0; i < count; i++) {
            repeated.putVarint(tenant.length);
            repeated.put(tenant, 0, tenant.length);
        }
        flush(repeated, out);
    }

    /** Makes it empty; what it holds in memory stays. */
    public void clear() {
        for (ColumnBuffer column : columns) {
            column.clear();
        }
        keys.clear();
        superseded.clear();
        offsets.clear();
        versions.clear();
        deleted.clear();
        operations.clear();
        times.clear();
        latestTime = Long.MIN_VALUE;
        rows = 0;
    }
}
