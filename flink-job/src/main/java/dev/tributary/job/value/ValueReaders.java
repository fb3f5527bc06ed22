package dev.tributary.job.value;

import dev.tributary.jobspec.ColumnType;

/** The reader of each column type. */
public final class ValueReaders {

    private final Placeholder placeholder;

    /** @param unavailableValue the connector's placeholder for values that it does not have */
    public ValueReaders(String unavailableValue) {
        placeholder = new Placeholder(unavailableValue);
    }

    /** The reader of a type that is not {@link ColumnType.Array}. */
    public ValueReader of(ColumnType type) {
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
            return new TimestampReader();
        }
        if (type instanceof ColumnType.ZonedTimestamp) {
            return new ZonedTimestampReader();
        }
        if (type instanceof ColumnType.Date) {
            return new DateReader();
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

    /** What arrays are checked for before their elements are read. */
    public Placeholder placeholder() {
        return placeholder;
    }
}
