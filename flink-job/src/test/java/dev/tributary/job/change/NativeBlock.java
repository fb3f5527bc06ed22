package dev.tributary.job.change;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads one block of ClickHouse's Native format the way ClickHouse does, as rows of plain Java values. */
public final class NativeBlock {

    private final ByteBuffer in;

    private NativeBlock(byte[] block) {
        in = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The rows that a batch writes. */
    public static List<Map<String, Object>> rows(Batch batch) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            batch.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows(out.toByteArray());
    }

    /** The rows of a block. */
    public static List<Map<String, Object>> rows(byte[] block) {
        return new NativeBlock(block).read();
    }

    private List<Map<String, Object>> read() {
        int columns = varint();
        int count = varint();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            rows.add(new LinkedHashMap<>());
        }
        for (int column = 0; column < columns; column++) {
            String name = string();
            String type = string();
            if (type.contains("JSON") && in.getLong() != 1) {
                throw new IllegalStateException("JSON that is not written as strings");
            }
            List<Object> values = column(type, count);
            for (int row = 0; row < count; row++) {
                rows.get(row).put(name, values.get(row));
            }
        }
        if (in.hasRemaining()) {
            throw new IllegalStateException(in.remaining() + " bytes after the block");
        }
        return rows;
    }

    private List<Object> column(String type, int count) {
        if (type.startsWith("Nullable(")) {
            byte[] nulls = bytes(count);
            List<Object> values = column(inner(type), count);
            for (int row = 0; row < count; row++) {
                values.set(row, nulls[row] == 0 ? values.get(row) : null);
            }
            return values;
        }
        if (type.startsWith("Array(")) {
            long[] ends = new long[count];
            for (int row = 0; row < count; row++) {
                ends[row] = in.getLong();
            }
            List<Object> elements = column(inner(type), count == 0 ? 0 : (int) ends[count - 1]);
            List<Object> values = new ArrayList<>();
            for (int row = 0; row < count; row++) {
                values.add(new ArrayList<>(elements.subList(row == 0 ? 0 : (int) ends[row - 1], (int) ends[row])));
            }
            return values;
        }
        List<Object> values = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            values.add(value(type));
        }
        return values;
    }

    private static String inner(String type) {
        return type.substring(type.indexOf('(') + 1, type.length() - 1);
    }

    private Object value(String type) {
        if (type.startsWith("Decimal(")) {
            String[] digits = inner(type).split(", ");
            int precision = Integer.parseInt(digits[0]);
            int width = precision <= 9 ? 4 : precision <= 18 ? 8 : precision <= 38 ? 16 : 32;
            return new BigDecimal(new BigInteger(bigEndian(width)), Integer.parseInt(digits[1]));
        }
        if (type.startsWith("DateTime64(")) {
            return in.getLong();
        }
        return switch (type) {
            case "Int16" -> (long) in.getShort();
            case "Int32", "Date32" -> (long) in.getInt();
            case "Int64" -> in.getLong();
            case "Float32" -> in.getFloat();
            case "Float64" -> in.getDouble();
            case "String", "JSON" -> string();
            case "Bool" -> in.get() == 1;
            case "UInt8" -> (int) in.get();
            case "UUID" -> new UUID(in.getLong(), in.getLong());
            case "UInt128" -> new BigInteger(1, bigEndian(16));
            default -> throw new IllegalArgumentException(type);
        };
    }

    private byte[] bigEndian(int width) {
        byte[] bytes = bytes(width);
        for (int i = 0; i < width / 2; i++) {
            byte swapped = bytes[i];
            bytes[i] = bytes[width - 1 - i];
            bytes[width - 1 - i] = swapped;
        }
        return bytes;
    }

    private int varint() {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private String string() {
        return new String(bytes(varint()), StandardCharsets.UTF_8);
    }

    private byte[] bytes(int count) {
        byte[] bytes = Arrays.copyOfRange(in.array(), in.position(), in.position() + count);
        in.position(in.position() + count);
        return bytes;
    }
}
