package dev.tributary.operator.source.postgres;

import dev.tributary.jobspec.ColumnType;
import dev.tributary.jobspec.ConvertedType;
import dev.tributary.operator.source.ColumnMapping;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.core.Oid;

/**
 * What becomes of each PostgreSQL type; docs/types.md is made from this. What Debezium carries exactly has a type of its own;
 * everything else is PostgreSQL's text, by the connector's converter.
 */
final class PostgresTypes {

    /** Digits that a ClickHouse Decimal can hold. */
    private static final int MOST_DIGITS = 76;

    /** The header that PostgreSQL adds to a type modifier. */
    private static final int MODIFIER_HEADER = 4;

    /**
     * A type of the server's own that Debezium carries exactly.
     *
     * @param oid its number in pg_type
     * @param arrayOid that of its array, or 0 when that is text as everything else
     * @param type how it travels; numeric's depends on its precision
     */
    private record Native(int oid, int arrayOid, ColumnType type) {}

    private static final String NUMERIC = "numeric";
    private static final String JSONB = "jsonb";
    private static final String TIMETZ = "timetz";

    /** A 64-bit count of hundredths, where the server's lc_monetary has hundredths. */
    private static final ColumnType MONEY = new ColumnType.Decimal(19, 2);

    private static final Map<String, Native> NATIVE = new TreeMap<>(Map.ofEntries(
            Map.entry("int2", new Native(Oid.INT2, Oid.INT2_ARRAY, new ColumnType.Int(16))),
            Map.entry("int4", new Native(Oid.INT4, Oid.INT4_ARRAY, new ColumnType.Int(32))),
            Map.entry("int8", new Native(Oid.INT8, Oid.INT8_ARRAY, new ColumnType.Int(64))),
            Map.entry("float4", new Native(Oid.FLOAT4, Oid.FLOAT4_ARRAY, new ColumnType.Float(32))),
            Map.entry("float8", new Native(Oid.FLOAT8, Oid.FLOAT8_ARRAY, new ColumnType.Float(64))),
            Map.entry(NUMERIC, new Native(Oid.NUMERIC, Oid.NUMERIC_ARRAY, new ColumnType.NumericText())),
            Map.entry("bool", new Native(Oid.BOOL, Oid.BOOL_ARRAY, new ColumnType.Bool())),
            Map.entry("text", new Native(Oid.TEXT, Oid.TEXT_ARRAY, new ColumnType.Text())),
            Map.entry("varchar", new Native(Oid.VARCHAR, Oid.VARCHAR_ARRAY, new ColumnType.Text())),
            Map.entry("bpchar", new Native(Oid.BPCHAR, Oid.BPCHAR_ARRAY, new ColumnType.Text())),
            Map.entry("json", new Native(Oid.JSON, Oid.JSON_ARRAY, new ColumnType.Text())),
            Map.entry(JSONB, new Native(Oid.JSONB, Oid.JSONB_ARRAY, new ColumnType.Text())),
            Map.entry("timestamp", new Native(Oid.TIMESTAMP, 0, new ColumnType.Timestamp())),
            Map.entry("timestamptz", new Native(Oid.TIMESTAMPTZ, 0, new ColumnType.ZonedTimestamp())),
            Map.entry("date", new Native(Oid.DATE, 0, new ColumnType.Date())),
            Map.entry(TIMETZ, new Native(Oid.TIMETZ, 0, new ColumnType.Text())),
            Map.entry("time", new Native(Oid.TIME, 0, new ColumnType.Time())),
            Map.entry("interval", new Native(Oid.INTERVAL, 0, new ColumnType.Text())),
            Map.entry("bytea", new Native(Oid.BYTEA, 0, new ColumnType.Bytes())),
            Map.entry("uuid", new Native(Oid.UUID, Oid.UUID_ARRAY, new ColumnType.Uuid()))));

    private PostgresTypes() {}

    /** The numbers of the types that Debezium carries; the converter makes text of the others. */
    static String nativeOids() {
        return list(NATIVE.values().stream().map(Native::oid));
    }

    /** The numbers of the arrays that the converter makes JSON of. */
    static String arrayOids() {
        return list(NATIVE.values().stream().map(Native::arrayOid).filter(oid -> oid != 0));
    }

    private static String list(Stream<Integer> oids) {
        return oids.sorted().map(oid -> Integer.toString(oid)).collect(Collectors.joining(","));
    }

    /** How the values of a column of this type travel, when the column allows NULL or does not. */
    static ColumnMapping mapping(TypeDescription type, boolean nullable) {
        if (type.builtIn() && type.name().equals("money")) {
            String reason =
                    "is written as the server's lc_monetary says, and cannot be read back exactly, as numeric can";
            return type.array()
                    ? new ColumnMapping.Lossy(new ColumnType.Text(), reason, "that text")
                    : new ColumnMapping.Lossy(MONEY, reason, "what Debezium reads of it, as " + MONEY.clickHouseType());
        }
        if (type.builtIn() && type.name().equals(TIMETZ) && !type.array()) {
            return new ColumnMapping.Lossy(
                    new ColumnType.Text(),
                    "Debezium shifts to UTC without its zone, as it does not with time or timestamptz",
                    "the time in UTC, as text");
        }
        Native known = type.builtIn() ? NATIVE.get(type.name()) : null;
        if (known == null || (type.array() && known.arrayOid() == 0)) {
            return new ColumnMapping.Carried(new ColumnType.Text());
        }
        ColumnType value = type.name().equals(NUMERIC) ? numeric(type.modifier()) : known.type();
        if (!type.array()) {
            // json may have a key twice, or half a character, which ClickHouse's JSON cannot.
            return new ColumnMapping.Carried(
                    value, type.name().equals(JSONB) ? Optional.of(new ConvertedType.Json()) : Optional.empty());
        }
        // ClickHouse has no Nullable(Array), and an empty array is not NULL.
        return new ColumnMapping.Carried(nullable ? new ColumnType.Text() : new ColumnType.Array(value));
    }

    private static ColumnType numeric(int modifier) {
        if (modifier < MODIFIER_HEADER) {
            // Without a precision every value has a scale of its own: only text holds them all.
            return new ColumnType.NumericText();
        }
        int precision = (modifier - MODIFIER_HEADER) >> 16 & 0xFFFF;
        // PostgreSQL 15 and newer: eleven bits, signed.
        int scale = ((modifier - MODIFIER_HEADER & 0x7FF) ^ 1024) - 1024;
        // A negative scale rounds before the point; one above the precision has zeros after it.
        int after = Math.max(0, scale);
        int digits = Math.max(after, precision - Math.min(0, scale));
        return digits <= MOST_DIGITS ? new ColumnType.Decimal(digits, after) : new ColumnType.NumericText();
    }

    /**
     * Whether ClickHouse can order by it without surprise: NaN has no order, arrays are no identity, and what is not carried
     * exactly may be the same for two keys.
     */
    static boolean canBeKey(ColumnMapping mapping) {
        return mapping instanceof ColumnMapping.Carried(ColumnType type, var other)
                && !(type instanceof ColumnType.Float || type instanceof ColumnType.Array);
    }
}
