package dev.tributary.operator.plan;

import dev.tributary.api.v1alpha1.SourceTable;
import dev.tributary.api.v1alpha1.SourceTable.OutOfRange;
import dev.tributary.jobspec.ColumnType;
import dev.tributary.jobspec.ConvertedType;
import dev.tributary.jobspec.JobSpec;
import dev.tributary.operator.clickhouse.Codec;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.Resolution;
import dev.tributary.operator.condition.Resolution.Resolved;
import dev.tributary.operator.condition.Resolution.Unresolved;
import dev.tributary.operator.condition.StageResult.Blocked;
import dev.tributary.operator.source.ColumnMapping;
import dev.tributary.operator.source.SourceColumn;
import dev.tributary.operator.source.SourceTableInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether what the user wants of the columns of a table can be had, by the catalog, and what comes of it. */
final class ColumnWishes {

    private final SourceTableInfo table;
    private final List<SourceTable.SourceColumn> wishes;

    private ColumnWishes(SourceTableInfo table, SourceTable wanted) {
        this.table = table;
        wishes = wanted.columns() == null ? List.of() : wanted.columns();
    }

    /** A wish that cannot be granted. */
    private static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Blocked why;

        private Refused(Reason reason, String message) {
            super(message, null, false, false);
            why = new Blocked(reason, message);
        }
    }

    /** The columns of a table, or why the first wish that cannot be granted cannot. */
    static Resolution<List<PlannedColumn>> of(SourceTableInfo table, SourceTable wanted) {
        try {
            return new Resolved<>(new ColumnWishes(table, wanted).columns());
        } catch (Refused e) {
            return new Unresolved<>(e.why);
        }
    }

    private List<PlannedColumn> columns() {
        for (SourceTable.SourceColumn wish : wishes) {
            if (table.columns().stream().noneMatch(c -> c.name().equals(wish.name()))) {
                throw refused("there is no " + which(wish.name()) + ": correct spec.source.tables");
            }
        }
        List<PlannedColumn> columns = new ArrayList<>();
        for (SourceColumn column : table.columns()) {
            SourceTable.SourceColumn wish = wishes.stream()
                    .filter(w -> w.name().equals(column.name()))
                    .findFirst()
                    .orElse(new SourceTable.SourceColumn(column.name(), null, null, null, null));
            columns.add(planned(column, wish));
        }
        return columns;
    }

    private PlannedColumn planned(SourceColumn column, SourceTable.SourceColumn wish) {
        if (column.mapping() instanceof ColumnMapping.Lossy lossy && !wish.acceptsLoss()) {
            throw new Refused(
                    Reason.UnsupportedColumnType,
                    whichType(column) + ", which " + lossy.reason()
                            + ": set lossy: Accept for it in spec.source.tables[].columns to have " + lossy.becomes()
                            + ", or leave the table out, or change the column (docs/types.md)");
        }
        JobSpec.Column typed = typed(column, wish);
        checkOutOfRange(column, typed, wish.wantedOutOfRange());
        return new PlannedColumn(
                new JobSpec.Column(typed.name(), typed.type(), typed.nullable(), outOfRange(wish)),
                codec(column, wish.codec()));
    }

    private JobSpec.Column typed(SourceColumn column, SourceTable.SourceColumn wish) {
        String text = wish.type();
        if (text == null) {
            return new JobSpec.Column(column.name(), column.mapping().type(), column.nullable());
        }
        WantedType wanted = WantedType.parse(text)
                .orElseThrow(() -> refused(which(column.name()) + " cannot have type " + text
                        + ", which is none that a column can be given: write one of " + WantedType.KNOWN));
        Grant grant = Grant.of(column.mapping(), wanted, wish.acceptsLoss())
                .orElseThrow(() -> refused(whichType(column) + ", which cannot become " + text
                        + ": write another type, or leave it out (docs/types.md#other-types)"));
        if (grant.loses().isPresent()) {
            checkLoss(column, text, grant.loses().get(), wish);
        }
        checkNull(column, wanted, text);
        if (isKey(column) && grant.type() instanceof ConvertedType.InZone) {
            throw refused(which(column.name())
                    + " is part of the key, where instants are in UTC: leave type out, and have queries convert it");
        }
        return new JobSpec.Column(column.name(), grant.type(), wanted.nullable());
    }

    private void checkLoss(SourceColumn column, String text, String loses, SourceTable.SourceColumn wish) {
        if (isKey(column)) {
            throw refused(which(column.name()) + " is part of the key, and as " + text + " it may " + loses
                    + ", so that two rows became one: leave type out");
        }
        if (!wish.acceptsLoss()) {
            throw refused(whichType(column) + ", and as " + text + " it may " + loses
                    + ": set lossy: Accept if that may be, or write another type (docs/types.md#other-types)");
        }
    }

    private void checkNull(SourceColumn column, WantedType wanted, String text) {
        if (isKey(column) && wanted.nullable()) {
            throw refused(which(column.name()) + " is part of the key, which has no NULL: write type without Nullable");
        }
        if (column.nullable() && !wanted.nullable()) {
            String nullable = wanted.dictionary() ? "LowCardinality(Nullable(String))" : "Nullable(" + text + ")";
            throw refused(which(column.name()) + " allows NULL, and " + text + " does not: write type " + nullable);
        }
    }

    private void checkOutOfRange(SourceColumn column, JobSpec.Column typed, OutOfRange wanted) {
        if (wanted == OutOfRange.Stop) {
            return;
        }
        if (isKey(column)) {
            throw refused(
                    which(column.name())
                            + " is part of the key, and rows with another key would be other rows: outOfRange can only be Stop");
        }
        if (!hasRange(typed.type(), wanted)) {
            throw refused(whichType(column) + " and becomes " + typed.clickHouseType() + ", and outOfRange " + wanted
                    + " is for "
                    + (wanted == OutOfRange.Clamp
                            ? "what becomes a date or a timestamp"
                            : "what becomes a date, a timestamp, a Decimal, a JSON, or by loss a Float64")
                    + " only: leave it out");
        }
        if (wanted == OutOfRange.Null && !typed.nullable()) {
            throw refused(which(column.name()) + " allows no NULL, and outOfRange is Null: set type to "
                    + typed.type().clickHouseType(true) + ", or choose another outOfRange");
        }
    }

    private static boolean hasRange(ColumnType type, OutOfRange wanted) {
        boolean calendar = type instanceof ColumnType.Date
                || type instanceof ColumnType.Timestamp
                || type instanceof ColumnType.ZonedTimestamp
                || type instanceof ConvertedType.InZone;
        boolean number = type instanceof ColumnType.Decimal
                || type instanceof ConvertedType.Rounded
                || (type instanceof ConvertedType.AsFloat64(ColumnType from) && !(from instanceof ColumnType.Float))
                || type instanceof ConvertedType.Json;
        return calendar || (wanted == OutOfRange.Null && number);
    }

    private static dev.tributary.jobspec.OutOfRange outOfRange(SourceTable.SourceColumn wish) {
        return switch (wish.wantedOutOfRange()) {
            case Stop -> dev.tributary.jobspec.OutOfRange.STOP;
            case Clamp -> dev.tributary.jobspec.OutOfRange.CLAMP;
            case Null -> dev.tributary.jobspec.OutOfRange.NULL;
        };
    }

    private Optional<Codec> codec(SourceColumn column, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        return Optional.of(Codec.parse(text)
                .orElseThrow(() -> refused("codec " + text + " of " + which(column.name()) + " is none: write one of "
                        + Codec.known() + ", or several with commas between")));
    }

    private boolean isKey(SourceColumn column) {
        return table.key().contains(column.name());
    }

    private String which(String column) {
        return "column " + column + " of table " + table.id();
    }

    private String whichType(SourceColumn column) {
        return which(column.name()) + " has type " + column.typeName();
    }

    private static Refused refused(String message) {
        return new Refused(Reason.ColumnOptionNotPossible, message);
    }
}
