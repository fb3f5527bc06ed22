package dev.tributary.operator.plan;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A ClickHouse type that a user wants a column to have. Nothing of the user's text goes further than this.
 *
 * @param of the type itself
 * @param nullable whether it allows NULL
 * @param dictionary whether it is of low cardinality
 */
record WantedType(Kind of, boolean nullable, boolean dictionary) {

    /** Those that a column may be given. */
    static final String KNOWN = "Int32, Int64, Float64, Decimal(P, S), String, LowCardinality(String),"
            + " DateTime64(6, 'zone'), JSON, what docs/types.md gives the column anyway, and Nullable(...) of these";

    private static final Pattern WRAPPED = Pattern.compile("(Nullable|LowCardinality)\\((.*)\\)");
    private static final Pattern DECIMAL = Pattern.compile("Decimal\\(([0-9]{1,2}), ?([0-9]{1,2})\\)");
    private static final Pattern DATE_TIME = Pattern.compile("DateTime64\\(6, ?'([A-Za-z0-9_+/-]{1,64})'\\)");
    private static final Pattern INT = Pattern.compile("Int(16|32|64)");
    private static final Pattern FLOAT = Pattern.compile("Float(32|64)");
    private static final int MOST_DIGITS = 76;

    /** What a type is apart from NULL and dictionaries. */
    sealed interface Kind {

        /** @param bits 16, 32 or 64 */
        record Int(int bits) implements Kind {}

        /** @param bits 32 or 64 */
        record Float(int bits) implements Kind {}

        /**
         * @param precision digits in all, 1 to 76
         * @param scale digits after the point, at most as many
         */
        record Decimal(int precision, int scale) implements Kind {}

        /** @param zone a name as the time zone database may have it */
        record DateTime(String zone) implements Kind {}

        record Text() implements Kind {}

        record Bool() implements Kind {}

        record Date() implements Kind {}

        record Uuid() implements Kind {}

        record Json() implements Kind {}
    }

    /** The type that a text means, or empty when a column cannot be given any such type. */
    static Optional<WantedType> parse(String text) {
        Matcher outer = WRAPPED.matcher(text);
        if (!outer.matches()) {
            return kind(text).map(kind -> new WantedType(kind, false, false));
        }
        if (outer.group(1).equals("Nullable")) {
            return kind(outer.group(2)).map(kind -> new WantedType(kind, true, false));
        }
        Matcher inner = WRAPPED.matcher(outer.group(2));
        boolean nullable = inner.matches() && inner.group(1).equals("Nullable");
        return kind(nullable ? inner.group(2) : outer.group(2))
                .filter(Kind.Text.class::isInstance)
                .map(kind -> new WantedType(kind, nullable, true));
    }

    private static Optional<Kind> kind(String text) {
        Matcher number = INT.matcher(text);
        if (number.matches()) {
            return Optional.of(new Kind.Int(Integer.parseInt(number.group(1))));
        }
        Matcher real = FLOAT.matcher(text);
        if (real.matches()) {
            return Optional.of(new Kind.Float(Integer.parseInt(real.group(1))));
        }
        Matcher decimal = DECIMAL.matcher(text);
        if (decimal.matches()) {
            return decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
        }
        Matcher dateTime = DATE_TIME.matcher(text);
        if (dateTime.matches()) {
            return Optional.of(new Kind.DateTime(dateTime.group(1)));
        }
        return switch (text) {
            case "String" -> Optional.of(new Kind.Text());
            case "Bool" -> Optional.of(new Kind.Bool());
            case "Date32" -> Optional.of(new Kind.Date());
            case "UUID" -> Optional.of(new Kind.Uuid());
            case "JSON" -> Optional.of(new Kind.Json());
            default -> Optional.empty();
        };
    }

    private static Optional<Kind> decimal(int precision, int scale) {
        return precision >= 1 && precision <= MOST_DIGITS && scale <= precision
                ? Optional.of(new Kind.Decimal(precision, scale))
                : Optional.empty();
    }
}
