package dev.tributary.operator.source.postgres;

import dev.tributary.jobspec.ColumnType;
import dev.tributary.operator.source.ColumnMapping;
import java.util.Map;
import java.util.TreeMap;

/** What becomes of each PostgreSQL type; docs/types.md is made from this. */
final class PostgresTypes {

    /** Digits that a ClickHouse Decimal can hold. */
    private static final int MOST_DIGITS = 76;

    /** The header that PostgreSQL adds to a type modifier. */
    private static final int MODIFIER_HEADER = 4;

    private static final Map<String, ColumnType> PLAIN = new TreeMap<>(Map.ofEntries(
            Map.entry("int2", new ColumnType.Int(16)),
            Map.entry("int4", new ColumnType.Int(32)),
            Map.entry("int8", new ColumnType.Int(64)),
            Map.entry("float4", new ColumnType.Float(32)),
            Map.entry("float8", new ColumnType.Float(64)),
            Map.entry("bool", new ColumnType.Bool()),
            Map.entry("text", new ColumnType.Text()),
            Map.entry("varchar", new ColumnType.Text()),
            Map.entry("bpchar", new ColumnType.Text()),
            Map.entry("json", new ColumnType.Text()),
            Map.entry("jsonb", new ColumnType.Text()),
            Map.entry("timestamp", new ColumnType.Timestamp()),
            Map.entry("timestamptz", new ColumnType.ZonedTimestamp()),
            Map.entry("date", new ColumnType.Date()),
            Map.entry("uuid", new ColumnType.Uuid())));

    private PostgresTypes() {}

    /** How the values of a column of this type travel, when the column allows NULL or does not. */
    static ColumnMapping mapping(TypeDescription type, boolean nullable) {
        // A type of a user may have any name, also that of a type of the server.
        ColumnMapping scalar = type.kind() == TypeDescription.Kind.BUILT_IN
                ? scalar(type.name(), type.modifier())
                : new ColumnMapping.Unsupported("is " + type.kind().inWords() + " and cannot be carried yet");
        return switch (scalar) {
            case ColumnMapping.Unsupported u -> u;
            case ColumnMapping.Carried c when !type.array() -> c;
            // ClickHouse has no Nullable(Array), and an empty array is not NULL.
            case ColumnMapping.Carried element ->
                new ColumnMapping.Carried(nullable ? new ColumnType.ArrayText() : new ColumnType.Array(element.type()));
        };
    }

    private static ColumnMapping scalar(String type, int modifier) {
        if (type.equals("numeric")) {
            return new ColumnMapping.Carried(numeric(modifier));
        }
        ColumnType plain = PLAIN.get(type);
        return plain == null
                ? new ColumnMapping.Unsupported("cannot be carried yet")
                : new ColumnMapping.Carried(plain);
    }

    private static ColumnType numeric(int modifier) {
        if (modifier < MODIFIER_HEADER) {
            // Without a precision every value has a scale of its own: only text holds them all.
            return new ColumnType.Text();
        }
        int precision = (modifier - MODIFIER_HEADER) >> 16 & 0xFFFF;
        // PostgreSQL 15 and newer: eleven bits, signed.
        int scale = ((modifier - MODIFIER_HEADER & 0x7FF) ^ 1024) - 1024;
        boolean fits = precision <= MOST_DIGITS && scale >= 0 && scale <= precision;
        return fits ? new ColumnType.Decimal(precision, scale) : new ColumnType.Text();
    }

    /** Whether ClickHouse can order by it without surprise: NaN has no order, and arrays are no identity. */
    static boolean canBeKey(ColumnType type) {
        return !(type instanceof ColumnType.Float
                || type instanceof ColumnType.Array
                || type instanceof ColumnType.ArrayText);
    }
}
