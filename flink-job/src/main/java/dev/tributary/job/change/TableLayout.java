package dev.tributary.job.change;

import dev.tributary.job.value.Replacements;
import dev.tributary.job.value.ValueReaders;
import dev.tributary.jobspec.AddedColumn;
import dev.tributary.jobspec.ColumnType;
import dev.tributary.jobspec.ConvertedType;
import dev.tributary.jobspec.JobSpec;
import dev.tributary.jobspec.OnTruncate;
import dev.tributary.jobspec.OutOfRange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * What all batches of one table share.
 *
 * @param table the table of the spec
 * @param tenant the tenant id, in UTF-8
 * @param epoch the upper 16 bits of every version
 * @param onTruncate what is done when the table is truncated
 * @param lateAfter a change that is read later than this after its commit is late
 * @param readers the readers of values
 */
public record TableLayout(
        JobSpec.Table table,
        byte[] tenant,
        int epoch,
        OnTruncate onTruncate,
        Duration lateAfter,
        ValueReaders readers) {

    /** The layout of a table of a spec. */
    public static TableLayout of(JobSpec spec, JobSpec.Table table) {
        byte[] tenant = spec.tenant().getBytes(StandardCharsets.UTF_8);
        return new TableLayout(
                table,
                tenant,
                spec.epoch(),
                spec.policies().onTruncate(),
                Duration.ofSeconds(spec.lateAfterSeconds()),
                new ValueReaders(spec.unavailableValuePlaceholder()));
    }

    /** The names of the columns written, in the order of the block. */
    public List<String> columnNames() {
        return Stream.concat(
                        table.columns().stream().map(JobSpec.Column::name),
                        table.added().stream().map(AddedColumn::columnName))
                .toList();
    }

    /** Whether capture may not have some values of a change. */
    public boolean mayLack() {
        return !mayBeUnavailable().isEmpty();
    }

    /** Whether a column is ClickHouse's JSON, which only newer servers have, and settings for. */
    public boolean hasJson() {
        return table.columns().stream().anyMatch(column -> column.type() instanceof ConvertedType.Json);
    }

    /**
     * The columns whose values PostgreSQL may leave out of a change: by their types, and none of the key. A row that only ever
     * comes has all its values.
     */
    BitSet mayBeUnavailable() {
        BitSet columns = new BitSet();
        if (table.appendOnly()) {
            return columns;
        }
        for (int i = 0; i < table.columns().size(); i++) {
            JobSpec.Column column = table.columns().get(i);
            columns.set(i, column.type().mayBeUnavailable() && !table.key().contains(column.name()));
        }
        return columns;
    }

    /** @param replacements told of the values read that something else is carried for */
    ColumnBuffer[] newColumns(Replacements replacements) {
        return table.columns().stream()
                .map(column -> newColumn(column, replacements))
                .toArray(ColumnBuffer[]::new);
    }

    /** The indexes of the key's columns, in the order of the key. */
    int[] keyColumns() {
        return table.key().stream().mapToInt(this::columnIndex).toArray();
    }

    ColumnBuffer[] keyOf(ColumnBuffer[] columns) {
        return Arrays.stream(keyColumns()).mapToObj(column -> columns[column]).toArray(ColumnBuffer[]::new);
    }

    private ColumnBuffer newColumn(JobSpec.Column column, Replacements replacements) {
        if (column.type() instanceof ColumnType.Array array) {
            if (column.nullable()) {
                throw new IllegalArgumentException(
                        "column " + column.name() + ": ClickHouse has no Nullable(Array), use text");
            }
            return new ArrayColumn(readers.of(array.element(), OutOfRange.STOP, replacements), readers.placeholder());
        }
        return new ScalarColumn(
                readers.of(column.type(), column.outOfRange(), replacements),
                column.nullable(),
                column.outOfRange() == OutOfRange.NULL,
                replacements);
    }

    private int columnIndex(String name) {
        for (int i = 0; i < table.columns().size(); i++) {
            if (table.columns().get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException(
                "table " + table.schema() + "." + table.name() + ": key column " + name + " is none of its columns");
    }
}
