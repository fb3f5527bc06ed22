package dev.tributary.operator.plan;

import dev.tributary.api.v1alpha1.SourceTable;
import dev.tributary.api.v1alpha1.SourceTable.OutOfRange;
import dev.tributary.jobspec.ColumnType;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.StageResult.Blocked;
import dev.tributary.operator.source.ColumnMapping.Carried;
import dev.tributary.operator.source.SourceColumn;
import java.util.List;
import java.util.Optional;

/** Whether what the user wants of single columns can be had, by the catalog. */
final class ColumnWishes {

    private ColumnWishes() {}

    /** The first wish that cannot be granted. */
    static Optional<Blocked> obstacle(List<PlannedTable> tables) {
        return tables.stream()
                .flatMap(table -> table.wantedColumns().stream().map(wish -> obstacle(table, wish)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Blocked> obstacle(PlannedTable table, SourceTable.SourceColumn wish) {
        String which = "column " + wish.name() + " of table " + table.info().id();
        Optional<SourceColumn> column = table.info().columns().stream()
                .filter(c -> c.name().equals(wish.name()))
                .findFirst();
        if (column.isEmpty()) {
            return blocked("there is no " + which + ": correct spec.source.tables");
        }
        if (wish.outOfRange() == OutOfRange.Stop || !(column.get().mapping() instanceof Carried carried)) {
            return Optional.empty();
        }
        if (table.info().key().contains(wish.name())) {
            return blocked(which + " is part of the key, and rows with another key would be other rows: outOfRange can"
                    + " only be Stop");
        }
        if (wish.outOfRange() == OutOfRange.Null && !column.get().nullable()) {
            return blocked(which + " allows no NULL: outOfRange can only be Stop or Clamp");
        }
        if (!hasRange(carried.type(), wish.outOfRange())) {
            return blocked(which + " has type " + column.get().typeName() + ", and outOfRange "
                    + wish.outOfRange() + " is for "
                    + (wish.outOfRange() == OutOfRange.Clamp ? "dates and timestamps" : "dates, timestamps and numeric")
                    + " only: leave it out");
        }
        return Optional.empty();
    }

    private static boolean hasRange(ColumnType type, OutOfRange wish) {
        boolean calendar = type instanceof ColumnType.Date
                || type instanceof ColumnType.Timestamp
                || type instanceof ColumnType.ZonedTimestamp;
        return calendar || (wish == OutOfRange.Null && type instanceof ColumnType.Decimal);
    }

    private static Optional<Blocked> blocked(String message) {
        return Optional.of(new Blocked(Reason.ColumnOptionNotPossible, message));
    }
}
