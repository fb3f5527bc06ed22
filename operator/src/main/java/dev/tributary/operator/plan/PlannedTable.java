package dev.tributary.operator.plan;

import dev.tributary.jobspec.JobSpec;
import dev.tributary.operator.source.ColumnMapping;
import dev.tributary.operator.source.SourceColumn;
import dev.tributary.operator.source.SourceTableInfo;
import java.util.List;

/**
 * One table on its way.
 *
 * @param info the table as the source has it
 * @param topic its topic
 * @param target its ClickHouse table
 */
record PlannedTable(SourceTableInfo info, String topic, String target) {

    /** The columns, as job and ClickHouse have them. */
    List<JobSpec.Column> columns() {
        return info.columns().stream().map(PlannedTable::column).toList();
    }

    private static JobSpec.Column column(SourceColumn column) {
        return switch (column.mapping()) {
            case ColumnMapping.Carried carried -> new JobSpec.Column(column.name(), carried.type(), column.nullable());
            case ColumnMapping.Unsupported unsupported ->
                throw new IllegalStateException("inspection lets no unsupported column pass: " + column.name());
        };
    }
}
