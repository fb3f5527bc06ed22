package dev.tributary.job.change;

import dev.tributary.job.value.Bytes;
import dev.tributary.jobspec.AddedColumn;
import java.io.IOException;
import java.io.OutputStream;

/** What Tributary adds to each row of a batch, in columns. */
final class AddedValues {

    /** Of one row: version, flag, operation and time; and perhaps partition and offset. */
    static final int BYTES_PER_ROW = 16 + 1 + 2 + 8 + 4 + 8;

    private final byte[] tenant;
    private final long upperVersion;
    private final Bytes versions = new Bytes(1024);
    private final Bytes deleted = new Bytes(64);
    private final Bytes operations = new Bytes(128);
    private final Bytes times = new Bytes(512);
    private final Bytes partitions = new Bytes(64);
    private final Bytes offsets = new Bytes(64);

    AddedValues(TableLayout layout) {
        tenant = layout.tenant();
        upperVersion = (long) layout.epoch() << 48;
    }

    void add(Operation operation, long position, long timeMillis) {
        versions.putLong(position);
        versions.putLong(upperVersion);
        deleted.putByte(operation == Operation.DELETE ? 1 : 0);
        operations.putByte(1);
        operations.putByte(operation.code());
        times.putLong(timeMillis);
    }

    /** Where the record of the row that was just added stands: for a table without a key, and then for each row. */
    void addPlace(int partition, long offset) {
        partitions.putInt(partition);
        offsets.putLong(offset);
    }

    /** The position in the epoch, unsigned. */
    long position(int row) {
        return versions.longAt(2 * Long.BYTES * row);
    }

    /** Whether the position of one row is higher than that of another. */
    boolean isHigher(int row, int other) {
        return Long.compareUnsigned(position(row), position(other)) > 0;
    }

    boolean isDeleted(int row) {
        return deleted.array()[row] == 1;
    }

    Operation operation(int row) {
        return Operation.of(operations.array()[2 * row + 1]);
    }

    long timeMillis(int row) {
        return times.longAt(Long.BYTES * row);
    }

    void write(AddedColumn column, LiveRows live, OutputStream out) throws IOException {
        switch (column) {
            case VERSION -> fixed(versions, 16, live, out);
            case DELETED -> fixed(deleted, 1, live, out);
            case OP -> fixed(operations, 2, live, out);
            case SOURCE_TS -> fixed(times, Long.BYTES, live, out);
            case TENANT -> tenant(live.count(), out);
            case PARTITION -> fixed(partitions, Integer.BYTES, live, out);
            case OFFSET -> fixed(offsets, Long.BYTES, live, out);
        }
    }

    private static void fixed(Bytes bytes, int width, LiveRows live, OutputStream out) throws IOException {
        for (int run = 0; run < live.runs(); run++) {
            out.write(bytes.array(), live.from(run) * width, (live.to(run) - live.from(run)) * width);
        }
    }

    private void tenant(int count, OutputStream out) throws IOException {
        Bytes repeated = new Bytes(Math.max(1, count * (1 + tenant.length)));
        for (int i = 0; i < count; i++) {
            repeated.putVarint(tenant.length);
            repeated.put(tenant, 0, tenant.length);
        }
        out.write(repeated.array(), 0, repeated.size());
    }

    long capacity() {
        return (long) versions.capacity()
                + deleted.capacity()
                + operations.capacity()
                + times.capacity()
                + partitions.capacity()
                + offsets.capacity();
    }

    void clear() {
        versions.clear();
        deleted.clear();
        operations.clear();
        times.clear();
        partitions.clear();
        offsets.clear();
    }
}
