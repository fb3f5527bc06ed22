package dev.tributary.job.value;

import dev.tributary.jobspec.ColumnType;
import dev.tributary.jobspec.OutOfRange;

/** The reader of each column type. */
public final class ValueReaders {

    private final Placeholder placeholder;

    /** @param unavailableValue the connector's placeholder for values that it does not have */
    public ValueReaders(String unavailableValue) {
        placeholder = new Placeholder(unavailableValue);
    }

    /** The reader of a type that is not {@link ColumnType.Array}; only dates and timestamps can be clamped. */
    public ValueReader of(ColumnType type, OutOfRange outOfRange) {
        boolean clamp = outOfRange == OutOfRange.CLAMP;
        if (type instanceof ColumnType.Int integer) {
            return new IntReader(integer.bits());
        }
        if (type instanceof ColumnType.Float real) {
            return real.bits() == 32 ? new Float32Reader() : new Float64Reader();
        }
        if (type instanceof ColumnType.Decimal decimal) {
            return new DecimalReader(decimal.precision(), decimal.scale(), placeholder);
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
            return new TimestampReader(clamp);
        }
        if (type instanceof ColumnType.ZonedTimestamp) {
            return new ZonedTimestampReader(clamp);
        }
        if (type instanceof ColumnType.Date) {
            return new DateReader(clamp);
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

    /** Whether PostgreSQL may keep values of this type apart from their row, and so leave them out of a change. */
    public static boolean mayBeUnavailable(ColumnType type) {
        return type instanceof ColumnType.Text
                || type instanceof ColumnType.NumericText
                || type instanceof ColumnType.Decimal
                || type instanceof ColumnType.Bytes
                || type instanceof ColumnType.Array;
    }

    /** What arrays are checked for before their elements are read. */
    public Placeholder placeholder() {
        return placeholder;
    }
}
