package dev.tributary.job.change;

import dev.tributary.jobspec.ColumnType;
import dev.tributary.jobspec.JobSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A stand-in for one ReplacingMergeTree with the key {@code id}, an Int64: of each key it has the highest version only,
 * as if all parts were merged at once.
 */
final class StoredTable implements PointRead {

    private final JobSpec.Table table;
    private final Map<Long, Map<String, Object>> rows;
    private int reads;

    StoredTable(JobSpec.Table table) {
        this(table, new TreeMap<>());
    }

    /** @param rows by their ids, kept by somebody else */
    StoredTable(JobSpec.Table table, Map<Long, Map<String, Object>> rows) {
        this.table = table;
        this.rows = rows;
    }

    /** What FINAL would show, and the tombstones. */
    Map<Long, Map<String, Object>> rows() {
        return rows;
    }

    int reads() {
        return reads;
    }

    void insert(Batch batch) {
        for (Map<String, Object> row : NativeBlock.rows(batch)) {
            rows.merge(
                    (Long) row.get("id"),
                    row,
                    (old, young) -> version(old).compareTo(version(young)) > 0 ? old : young);
        }
    }

    static BigInteger version(Map<String, Object> row) {
        return (BigInteger) row.get("_version");
    }

    @Override
    public boolean read(StoredRows question, long most) {
        reads++;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (List<StoredRows.KeyValue> key : question.keys()) {
            long id = ByteBuffer.wrap(key.get(0).value())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getLong();
            Map<String, Object> row = rows.get(id);
            if (row != null) {
                write(row, question.wanted(), out);
            }
        }
        try {
            return question.read(new ByteArrayInputStream(out.toByteArray()), most);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Map<String, Object> row, List<String> wanted, ByteArrayOutputStream out) {
        value(new ColumnType.Int(64), row.get("id"), out);
        littleEndian(version(row), 16, out);
        out.write((int) row.get("_deleted"));
        for (JobSpec.Column column : table.columns()) {
            if (wanted.contains(column.name())) {
                if (column.nullable()) {
                    nullable(column.type(), row.get(column.name()), out);
                } else {
                    value(column.type(), row.get(column.name()), out);
                }
            }
        }
    }

    private static void nullable(ColumnType type, Object value, ByteArrayOutputStream out) {
        out.write(value == null ? 1 : 0);
        if (value != null) {
            value(type, value, out);
        }
    }

    private static void value(ColumnType type, Object value, ByteArrayOutputStream out) {
        if (type instanceof ColumnType.Int integer) {
            littleEndian(BigInteger.valueOf((Long) value), integer.bits() / 8, out);
        } else if (type instanceof ColumnType.Decimal decimal) {
            littleEndian(((BigDecimal) value).unscaledValue(), decimal.precision() > 38 ? 32 : 16, out);
        } else if (type instanceof ColumnType.Array array) {
            List<?> elements = new ArrayList<>((List<?>) value);
            varint(elements.size(), out);
            elements.forEach(element -> nullable(array.element(), element, out));
        } else {
            byte[] utf8 = ((String) value).getBytes(StandardCharsets.UTF_8);
            varint(utf8.length, out);
            out.writeBytes(utf8);
        }
    }

    private static void varint(int value, ByteArrayOutputStream out) {
        int rest = value;
        while (rest >= 0x80) {
            out.write(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    private static void littleEndian(BigInteger value, int width, ByteArrayOutputStream out) {
        for (int i = 0; i < width; i++) {
            out.write(value.shiftRight(8 * i).byteValue());
        }
    }
}
