package dev.tributary.operator.plan;

import dev.tributary.jobspec.ColumnType;
import dev.tributary.jobspec.ConvertedType;
import dev.tributary.operator.plan.WantedType.Kind;
import dev.tributary.operator.source.ColumnMapping;
import java.time.ZoneId;
import java.util.Optional;

/**
 * How the values of a column are carried into the type that a user wants; docs/types.md lists them.
 *
 * @param type how
 * @param loses what a value may lose by it, as the end of the sentence "it may ..."; empty when nothing
 */
record Grant(ColumnType type, Optional<String> loses) {

    private static Grant exact(ColumnType type) {
        return new Grant(type, Optional.empty());
    }

    private static Optional<Grant> lossy(ColumnType type, String loses) {
        return Optional.of(new Grant(type, Optional.of(loses)));
    }

    /**
     * The way from one to the other, or empty when there is none; NULL is not looked at.
     *
     * @param lossyWanted whether digits may go: a number of any size else becomes a Decimal only if it fits exactly
     */
    static Optional<Grant> of(ColumnMapping mapping, WantedType wanted, boolean lossyWanted) {
        return of(mapping, wanted.of(), lossyWanted)
                .map(grant -> wanted.dictionary()
                        ? new Grant(new ConvertedType.LowCardinality(grant.type()), grant.loses())
                        : grant);
    }

    private static Optional<Grant> of(ColumnMapping mapping, Kind wanted, boolean lossyWanted) {
        ColumnType from = mapping.type();
        return switch (wanted) {
            case Kind.Text text -> Optional.of(exact(asText(from)));
            case Kind.Json json -> toJson(mapping);
            case Kind.Int(int bits) ->
                from instanceof ColumnType.Int(int held) && held <= bits
                        ? Optional.of(exact(new ColumnType.Int(bits)))
                        : Optional.empty();
            case Kind.Float(int bits) -> toFloat(from, bits);
            case Kind.Decimal decimal -> toDecimal(from, decimal, lossyWanted);
            case Kind.DateTime(String zone) -> inZone(from, zone);
            case Kind.Bool bool -> same(from, new ColumnType.Bool());
            case Kind.Date date -> same(from, new ColumnType.Date());
            case Kind.Uuid uuid -> same(from, new ColumnType.Uuid());
        };
    }

    private static Optional<Grant> toJson(ColumnMapping mapping) {
        return mapping instanceof ColumnMapping.Carried(ColumnType type, Optional<ConvertedType> other)
                        && other.filter(ConvertedType.Json.class::isInstance).isPresent()
                ? lossy(other.get(), "lose nulls, empty objects, the order of keys and how numbers are written")
                : Optional.empty();
    }

    private static Optional<Grant> same(ColumnType from, ColumnType wanted) {
        return from.equals(wanted) ? Optional.of(exact(from)) : Optional.empty();
    }

    private static ColumnType asText(ColumnType from) {
        return switch (from) {
            case ColumnType.Decimal decimal -> new ColumnType.NumericText();
            // Debezium writes both as the text that is wanted.
            case ColumnType.Uuid uuid -> new ColumnType.Text();
            case ColumnType.Array array -> new ColumnType.Text();
            default -> from.clickHouseType().equals("String") ? from : new ConvertedType.AsText(from);
        };
    }

    private static Optional<Grant> toFloat(ColumnType from, int bits) {
        return switch (from) {
            case ColumnType.Float(int held) when held == bits -> Optional.of(exact(from));
            case ColumnType.Float(int held) when held < bits -> Optional.of(exact(new ConvertedType.AsFloat64(from)));
            case ColumnType.Decimal decimal when bits == 64 -> nearest(from);
            case ColumnType.NumericText text when bits == 64 -> nearest(from);
            default -> Optional.empty();
        };
    }

    private static Optional<Grant> nearest(ColumnType from) {
        return lossy(new ConvertedType.AsFloat64(from), "be rounded to the nearest Float64, of some 16 digits");
    }

    private static Optional<Grant> toDecimal(ColumnType from, Kind.Decimal wanted, boolean lossyWanted) {
        ColumnType exact = new ColumnType.Decimal(wanted.precision(), wanted.scale());
        ColumnType rounded = new ConvertedType.Rounded(wanted.precision(), wanted.scale());
        String loses = "be rounded to " + wanted.scale() + " digits after the point";
        return switch (from) {
            case ColumnType.Decimal(int precision, int scale) -> {
                boolean wider = wanted.scale() >= scale && wanted.precision() - wanted.scale() >= precision - scale;
                yield wider ? Optional.of(exact(exact)) : lossy(rounded, loses);
            }
            // Each value is looked at: one that does not fit exactly is out of range.
            case ColumnType.NumericText text -> lossyWanted ? lossy(rounded, loses) : Optional.of(exact(exact));
            default -> Optional.empty();
        };
    }

    private static Optional<Grant> inZone(ColumnType from, String zone) {
        boolean utc = zone.equals("UTC");
        return switch (from) {
            case ColumnType.Timestamp timestamp when utc -> Optional.of(exact(from));
            case ColumnType.ZonedTimestamp timestamp when utc -> Optional.of(exact(from));
            case ColumnType.ZonedTimestamp timestamp
            when ZoneId.getAvailableZoneIds().contains(zone) -> Optional.of(exact(new ConvertedType.InZone(zone)));
            default -> Optional.empty();
        };
    }
}
