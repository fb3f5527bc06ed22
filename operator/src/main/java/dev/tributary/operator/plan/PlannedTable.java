package dev.tributary.operator.plan;

import dev.tributary.api.v1alpha1.SourceTable;
import dev.tributary.jobspec.JobSpec;
import dev.tributary.jobspec.OutOfRange;
import dev.tributary.operator.source.ColumnMapping;
import dev.tributary.operator.source.SourceColumn;
import dev.tributary.operator.source.SourceTableInfo;
import java.util.List;

/**
 * One table on its way.
 *
 * @param info the table as the source has it
 * @param wanted the table as the user lists it
 * @param topic its topic
 * @param target its ClickHouse table
 */
record PlannedTable(SourceTableInfo info, SourceTable wanted, String topic, String target) {

    /** The columns, as job and ClickHouse have them. */
    List<JobSpec.Column> columns() {
        return info.columns().stream().map(this::column).toList();
    }

    private JobSpec.Column column(SourceColumn column) {
        return switch (column.mapping()) {
            case ColumnMapping.Carried carried ->
                new JobSpec.Column(column.name(), carried.type(), column.nullable(), outOfRange(column.name()));
            case ColumnMapping.Unsupported unsupported ->
                throw new IllegalStateException("inspection lets no unsupported column pass: " + column.name());
        };
    }

    private OutOfRange outOfRange(String column) {
        return wantedColumns().stream()
                .filter(wish -> wish.name().equals(column))
                .findFirst()
                .map(wish -> switch (wish.outOfRange()) {
                    case Stop -> OutOfRange.STOP;
                    case Clamp -> OutOfRange.CLAMP;
                    case Null -> OutOfRange.NULL;
                })
                .orElse(OutOfRange.STOP);
    }

    /** What the user wants of single columns. */
    List<SourceTable.SourceColumn> wantedColumns() {
        return wanted.columns() == null ? List.of() : wanted.columns();
    }
}
