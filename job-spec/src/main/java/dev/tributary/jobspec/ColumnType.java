package dev.tributary.jobspec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;

/**
 * How one source value is carried: the form it has in a Debezium JSON record (with {@code decimal.handling.mode=string}
 * and {@code time.precision.mode=microseconds}) and the ClickHouse type that holds it. Each of these holds it exactly; what a
 * user may want instead is a {@link ConvertedType}. A value outside the ClickHouse type's range is treated as the column's
 * {@link OutOfRange} says.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ColumnType.Int.class, name = "int"),
    @JsonSubTypes.Type(value = ColumnType.Float.class, name = "float"),
    @JsonSubTypes.Type(value = ColumnType.Decimal.class, name = "decimal"),
    @JsonSubTypes.Type(value = ColumnType.Text.class, name = "text"),
    @JsonSubTypes.Type(value = ColumnType.NumericText.class, name = "numericText"),
    @JsonSubTypes.Type(value = ColumnType.Bool.class, name = "bool"),
    @JsonSubTypes.Type(value = ColumnType.Timestamp.class, name = "timestamp"),
    @JsonSubTypes.Type(value = ColumnType.ZonedTimestamp.class, name = "zonedTimestamp"),
    @JsonSubTypes.Type(value = ColumnType.Date.class, name = "date"),
    @JsonSubTypes.Type(value = ColumnType.Time.class, name = "time"),
    @JsonSubTypes.Type(value = ColumnType.Bytes.class, name = "bytes"),
    @JsonSubTypes.Type(value = ColumnType.Uuid.class, name = "uuid"),
    @JsonSubTypes.Type(value = ColumnType.Array.class, name = "array"),
    @JsonSubTypes.Type(value = ConvertedType.AsText.class, name = "asText"),
    @JsonSubTypes.Type(value = ConvertedType.LowCardinality.class, name = "lowCardinality"),
    @JsonSubTypes.Type(value = ConvertedType.InZone.class, name = "inZone"),
    @JsonSubTypes.Type(value = ConvertedType.AsFloat64.class, name = "asFloat64"),
    @JsonSubTypes.Type(value = ConvertedType.Rounded.class, name = "rounded"),
    @JsonSubTypes.Type(value = ConvertedType.Json.class, name = "json")
})
public sealed interface ColumnType extends Serializable
        permits ColumnType.Int,
                ColumnType.Float,
                ColumnType.Decimal,
                ColumnType.Text,
                ColumnType.NumericText,
                ColumnType.Bool,
                ColumnType.Timestamp,
                ColumnType.ZonedTimestamp,
                ColumnType.Date,
                ColumnType.Time,
                ColumnType.Bytes,
                ColumnType.Uuid,
                ColumnType.Array,
                ConvertedType {

    /** The ClickHouse type without {@code Nullable}. */
    String clickHouseType();

    /** The ClickHouse type of a column that allows NULL, or does not. */
    default String clickHouseType(boolean nullable) {
        return nullable ? "Nullable(" + clickHouseType() + ")" : clickHouseType();
    }

    /** The type as the job's blocks have it, where that is not the column's own. */
    default String nativeType(boolean nullable) {
        return clickHouseType(nullable);
    }

    /** Whether PostgreSQL may keep values of this type apart from their row, and so leave them out of a change. */
    default boolean mayBeUnavailable() {
        return this instanceof Text
                || this instanceof NumericText
                || this instanceof Decimal
                || this instanceof Bytes
                || this instanceof Array;
    }

    /**
     * A signed integer; a JSON number.
     *
     * @param bits 16, 32 or 64
     */
    record Int(int bits) implements ColumnType {
        public Int {
            if (bits != 16 && bits != 32 && bits != 64) {
                throw new IllegalArgumentException("an integer has 16, 32 or 64 bits, not " + bits);
            }
        }

        @Override
        public String clickHouseType() {
            return "Int" + bits;
        }
    }

    /**
     * An IEEE float; a JSON number or one of the strings NaN, Infinity and -Infinity.
     *
     * @param bits 32 or 64
     */
    record Float(int bits) implements ColumnType {
        public Float {
            if (bits != 32 && bits != 64) {
                throw new IllegalArgumentException("a float has 32 or 64 bits, not " + bits);
            }
        }

        @Override
        public String clickHouseType() {
            return "Float" + bits;
        }
    }

    /**
     * An exact decimal; a JSON string such as {@code "12.50"}.
     *
     * @param precision digits in all, 1 to 76
     * @param scale digits after the point, 0 to {@code precision}
     */
    record Decimal(int precision, int scale) implements ColumnType {
        public Decimal {
            if (precision < 1 || precision > 76 || scale < 0 || scale > precision) {
                throw new IllegalArgumentException("no ClickHouse Decimal(" + precision + ", " + scale + ")");
            }
        }

        @Override
        public String clickHouseType() {
            return "Decimal(" + precision + ", " + scale + ")";
        }
    }

    /** Text, carried as it is: what is text at the source, and whatever only text holds exactly; a JSON string. */
    record Text() implements ColumnType {
        @Override
        public String clickHouseType() {
            return "String";
        }
    }

    /**
     * A number of any size and scale, NaN and the infinities included, kept as text the way PostgreSQL writes it; a JSON
     * string as Debezium writes it, such as {@code 1E-20} or {@code POSITIVE_INFINITY}.
     */
    record NumericText() implements ColumnType {
        @Override
        public String clickHouseType() {
            return "String";
        }
    }

    /** A boolean; JSON true or false. */
    record Bool() implements ColumnType {
        @Override
        public String clickHouseType() {
            return "Bool";
        }
    }

    /** A timestamp without time zone, kept as if it were UTC; a JSON number, microseconds since 1970. */
    record Timestamp() implements ColumnType {
        @Override
        public String clickHouseType() {
            return "DateTime64(6, 'UTC')";
        }
    }

    /** A timestamp with time zone; a JSON string, ISO 8601 with an offset. */
    record ZonedTimestamp() implements ColumnType {
        @Override
        public String clickHouseType() {
            return "DateTime64(6, 'UTC')";
        }
    }

    /** A date; a JSON number, days since 1970. */
    record Date() implements ColumnType {
        @Override
        public String clickHouseType() {
            return "Date32";
        }
    }

    /** A time of day without zone, kept as text such as {@code 23:59:59.5}; a JSON number, microseconds since midnight. */
    record Time() implements ColumnType {
        @Override
        public String clickHouseType() {
            return "String";
        }
    }

    /** Bytes, any of them; a JSON string, base64. */
    record Bytes() implements ColumnType {
        @Override
        public String clickHouseType() {
            return "String";
        }
    }

    /** A UUID; a JSON string. */
    record Uuid() implements ColumnType {
        @Override
        public String clickHouseType() {
            return "UUID";
        }
    }

    /**
     * A one-dimensional array of a NOT NULL column; a JSON string that holds a JSON array whose elements may be null.
     *
     * @param element the element's type; no array
     */
    record Array(ColumnType element) implements ColumnType {
        public Array {
            if (element instanceof Array) {
                throw new IllegalArgumentException("an array of arrays is not supported");
            }
        }

        @Override
        public String clickHouseType() {
            return "Array(Nullable(" + element.clickHouseType() + "))";
        }
    }
}
