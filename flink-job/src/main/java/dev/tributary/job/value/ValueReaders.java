package dev.tributary.job.value;

import dev.tributary.job.json.JsonCursor;
import dev.tributary.jobspec.ColumnType;
import dev.tributary.jobspec.ConvertedType;
import dev.tributary.jobspec.OutOfRange;
import java.math.RoundingMode;
import java.util.function.Function;

/** The reader of each column type. */
public final class ValueReaders {

    private final Placeholder placeholder;

    /** @param unavailableValue the connector's placeholder for values that it does not have */
    public ValueReaders(String unavailableValue) {
        placeholder = new Placeholder(unavailableValue);
    }

    /**
     * The reader of a type that is not {@link ColumnType.Array}; only dates and timestamps can be clamped.
     *
     * @param replacements told of what is clamped
     */
    public ValueReader of(ColumnType type, OutOfRange outOfRange, Replacements replacements) {
        Calendar calendar = new Calendar(outOfRange == OutOfRange.CLAMP, replacements);
        if (type instanceof ConvertedType converted) {
            return of(converted, calendar);
        }
        if (type instanceof ColumnType.Int integer) {
            return new IntReader(integer.bits());
        }
        if (type instanceof ColumnType.Float real) {
            return real.bits() == 32 ? new Float32Reader() : new Float64Reader();
        }
        if (type instanceof ColumnType.Decimal decimal) {
            return new DecimalReader(decimal.precision(), decimal.scale(), RoundingMode.UNNECESSARY, placeholder);
        }
        if (type instanceof ColumnType.Text) {
            return new TextReader(placeholder);
        }
        if (type instanceof ColumnType.NumericText) {
            return new NumericTextReader(placeholder);
        }
        if (type instanceof ColumnType.Bool) {
            return new BoolReader();
        }
        if (type instanceof ColumnType.Timestamp) {
            return new TimestampReader(calendar);
        }
        if (type instanceof ColumnType.ZonedTimestamp) {
            return new ZonedTimestampReader(calendar);
        }
        if (type instanceof ColumnType.Date) {
            return new DateReader(calendar);
        }
        if (type instanceof ColumnType.Time) {
            return new TimeReader();
        }
        if (type instanceof ColumnType.Bytes) {
            return new BytesReader(placeholder);
        }
        if (type instanceof ColumnType.Uuid) {
            return new UuidReader();
        }
        throw new IllegalArgumentException("no reader for " + type);
    }

    private ValueReader of(ConvertedType type, Calendar calendar) {
        if (type instanceof ConvertedType.AsText text) {
            return new PlainTextReader(text(text.value()));
        }
        if (type instanceof ConvertedType.LowCardinality dictionary) {
            return of(dictionary.value(), OutOfRange.STOP, calendar.replacements());
        }
        if (type instanceof ConvertedType.InZone) {
            return new ZonedTimestampReader(calendar);
        }
        if (type instanceof ConvertedType.AsFloat64 real) {
            return real.value() instanceof ColumnType.Float
                    ? new WideFloatReader()
                    : new DecimalAsFloatReader(placeholder);
        }
        if (type instanceof ConvertedType.Rounded decimal) {
            // As PostgreSQL rounds: HALF_UP is away from zero.
            return new DecimalReader(decimal.precision(), decimal.scale(), RoundingMode.HALF_UP, placeholder);
        }
        if (type instanceof ConvertedType.Json) {
            return new JsonObjectReader(placeholder);
        }
        throw new IllegalArgumentException("no reader for " + type);
    }

    private static Function<JsonCursor, String> text(ColumnType type) {
        if (type instanceof ColumnType.Int) {
            return PlainTextReader::integer;
        }
        if (type instanceof ColumnType.Float real) {
            return real.bits() == 32
                    ? in -> FloatText.of(Float32Reader.value(in))
                    : in -> FloatText.of(Float64Reader.value(in));
        }
        if (type instanceof ColumnType.Bool) {
            return PlainTextReader::bool;
        }
        if (type instanceof ColumnType.Date) {
            return PlainTextReader::date;
        }
        if (type instanceof ColumnType.Timestamp) {
            return PlainTextReader::timestamp;
        }
        if (type instanceof ColumnType.ZonedTimestamp) {
            return PlainTextReader::zonedTimestamp;
        }
        throw new IllegalArgumentException("no text of " + type);
    }

    /** What arrays are checked for before their elements are read. */
    public Placeholder placeholder() {
        return placeholder;
    }
}
