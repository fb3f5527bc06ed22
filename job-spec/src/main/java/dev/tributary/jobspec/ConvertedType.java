package dev.tributary.jobspec;

import java.util.regex.Pattern;

/** How a value is stored otherwise than exactly in the type nearest to its own, because the user wants it so. */
public sealed interface ConvertedType extends ColumnType {

    /**
     * The text that PostgreSQL writes for the value in a session with the time zone UTC: {@code 0044-03-15 BC},
     * {@code infinity}. It holds every value.
     *
     * @param value how the value travels: an integer, a float, a boolean, a date or a timestamp
     */
    record AsText(ColumnType value) implements ConvertedType {
        public AsText {
            if (!(value instanceof Int
                    || value instanceof Float
                    || value instanceof Bool
                    || value instanceof Date
                    || value instanceof Timestamp
                    || value instanceof ZonedTimestamp)) {
                throw new IllegalArgumentException("only integers, floats, booleans, dates and timestamps become text");
            }
        }

        @Override
        public String clickHouseType() {
            return "String";
        }
    }

    /**
     * Text of few different values, which ClickHouse keeps in a dictionary.
     *
     * @param value a type that is stored as String
     */
    record LowCardinality(ColumnType value) implements ConvertedType {
        public LowCardinality {
            if (!value.clickHouseType().equals("String")) {
                throw new IllegalArgumentException("only what is stored as String can be of low cardinality");
            }
        }

        @Override
        public String clickHouseType() {
            return "LowCardinality(String)";
        }

        @Override
        public String clickHouseType(boolean nullable) {
            return nullable ? "LowCardinality(Nullable(String))" : clickHouseType();
        }

        /** ClickHouse makes the dictionary itself. */
        @Override
        public String nativeType(boolean nullable) {
            return value.nativeType(nullable);
        }

        @Override
        public boolean mayBeUnavailable() {
            return value.mayBeUnavailable();
        }
    }

    /**
     * A timestamp with time zone, the same instant, which ClickHouse shows in another zone than UTC.
     *
     * @param zone a name of the time zone database, such as {@code Europe/Berlin}
     */
    record InZone(String zone) implements ConvertedType {

        private static final Pattern ZONE = Pattern.compile("[A-Za-z0-9_+/-]{1,64}");

        public InZone {
            if (!ZONE.matcher(zone).matches()) {
                throw new IllegalArgumentException("no time zone is called so");
            }
        }

        @Override
        public String clickHouseType() {
            return "DateTime64(6, '" + zone + "')";
        }
    }

    /**
     * The Float64 nearest to a number; the same number if that was a float.
     *
     * @param value how the number travels: a float of 32 bits, a decimal, or a number as text
     */
    record AsFloat64(ColumnType value) implements ConvertedType {
        public AsFloat64 {
            boolean narrow = value instanceof Float real && real.bits() == 32;
            if (!narrow && !(value instanceof Decimal) && !(value instanceof NumericText)) {
                throw new IllegalArgumentException("only decimals and floats of 32 bits become Float64");
            }
        }

        @Override
        public String clickHouseType() {
            return "Float64";
        }

        @Override
        public boolean mayBeUnavailable() {
            return value.mayBeUnavailable();
        }
    }

    /**
     * A decimal of fewer digits after the point than the source has, rounded as PostgreSQL rounds: to the nearest, and from the
     * middle away from zero.
     *
     * @param precision digits in all, 1 to 76
     * @param scale digits after the point, 0 to {@code precision}
     */
    record Rounded(int precision, int scale) implements ConvertedType {
        public Rounded {
            if (precision < 1 || precision > 76 || scale < 0 || scale > precision) {
                throw new IllegalArgumentException("no ClickHouse Decimal(" + precision + ", " + scale + ")");
            }
        }

        @Override
        public String clickHouseType() {
            return "Decimal(" + precision + ", " + scale + ")";
        }

        @Override
        public boolean mayBeUnavailable() {
            return true;
        }
    }

    /** A JSON object as ClickHouse's type JSON, which keeps paths and their values; a JSON string that holds the object. */
    record Json() implements ConvertedType {
        @Override
        public String clickHouseType() {
            return "JSON";
        }

        @Override
        public boolean mayBeUnavailable() {
            return true;
        }
    }
}
