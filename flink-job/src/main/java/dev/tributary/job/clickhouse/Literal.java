package dev.tributary.job.clickhouse;

import dev.tributary.jobspec.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.UUID;

/**
 * A value in ClickHouse's SQL: a string literal with each byte as its code, so that no value can be anything else.
 * ClickHouse takes the text for whatever type it is compared with. The only way a value gets into a statement.
 *
 * @param text the value as ClickHouse's text formats have it
 */
record Literal(byte[] text) {

    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
    private static final long MICROS_PER_SECOND = 1_000_000;

    /**
     * The literal of a value.
     *
     * @param value as ClickHouse's Native format has it; texts and bytes without their length
     */
    static Literal of(ColumnType type, byte[] value) {
        return new Literal(isText(type) ? value : text(type, value).getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean isText(ColumnType type) {
        return type.nativeType(false).equals("String");
    }

    private static String text(ColumnType type, byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        if (type instanceof ColumnType.Int) {
            return integer(value).toString();
        }
        if (type instanceof ColumnType.Decimal decimal) {
            return new BigDecimal(integer(value), decimal.scale()).toPlainString();
        }
        if (type instanceof ColumnType.Bool) {
            return in.get() == 1 ? "true" : "false";
        }
        if (type instanceof ColumnType.Timestamp || type instanceof ColumnType.ZonedTimestamp) {
            long micros = in.getLong();
            return LocalDateTime.ofEpochSecond(
                            Math.floorDiv(micros, MICROS_PER_SECOND),
                            (int) Math.floorMod(micros, MICROS_PER_SECOND) * 1000,
                            ZoneOffset.UTC)
                    .format(MICROS);
        }
        if (type instanceof ColumnType.Date) {
            return LocalDate.ofEpochDay(in.getInt()).toString();
        }
        if (type instanceof ColumnType.Uuid) {
            return new UUID(in.getLong(), in.getLong()).toString();
        }
        throw new IllegalArgumentException("no key is of type " + type);
    }

    private static BigInteger integer(byte[] littleEndian) {
        byte[] bigEndian = new byte[littleEndian.length];
        for (int i = 0; i < bigEndian.length; i++) {
            bigEndian[i] = littleEndian[littleEndian.length - 1 - i];
        }
        return new BigInteger(bigEndian);
    }

    /** The value, quoted. */
    String sql() {
        return "'" + HexFormat.of().withPrefix("\\x").formatHex(text) + "'";
    }
}
