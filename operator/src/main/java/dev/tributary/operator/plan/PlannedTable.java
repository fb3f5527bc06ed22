package dev.tributary.operator.plan;

import dev.tributary.api.v1alpha1.SourceTable;
import dev.tributary.jobspec.JobSpec;
import dev.tributary.operator.clickhouse.Codec;
import dev.tributary.operator.source.SourceTableInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One table on its way.
 *
 * @param info the table as the source has it
 * @param wanted the table as the user lists it
 * @param topic its topic
 * @param target its ClickHouse table
 * @param planned its columns, in source order
 */
record PlannedTable(
        SourceTableInfo info, SourceTable wanted, String topic, String target, List<PlannedColumn> planned) {

    /** The columns, as job and ClickHouse have them. */
    List<JobSpec.Column> columns() {
        return planned.stream().map(PlannedColumn::column).toList();
    }

    /** By the column's name; without those that the server decides on. */
    Map<String, Codec> codecs() {
        Map<String, Codec> codecs = new LinkedHashMap<>();
        planned.forEach(column ->
                column.codec().ifPresent(codec -> codecs.put(column.column().name(), codec)));
        return codecs;
    }
}
