package dev.tributary.operator.plan;

import dev.tributary.api.v1alpha1.SourceTable;
import dev.tributary.api.v1alpha1.SourceTable.WithoutKey;
import dev.tributary.api.v1alpha1.TenantPipelineSpec;
import dev.tributary.operator.source.RowKey;
import dev.tributary.operator.source.TableId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the user wants the rows of each table to be told apart by. */
public final class RowKeys {

    private RowKeys() {}

    /** Of the tables where it is something else than the primary key. */
    public static Map<TableId, RowKey> of(TenantPipelineSpec spec) {
        Map<TableId, RowKey> keys = new LinkedHashMap<>();
        for (SourceTable table : spec.source().tables()) {
            TableId id = new TableId(table.schema(), table.name());
            if (table.withoutKey() == WithoutKey.AppendOnly) {
                keys.put(id, new RowKey.AppendOnly());
            } else if (table.key() != null) {
                keys.put(id, new RowKey.Declared(table.key()));
            }
        }
        return keys;
    }

    /** What is remembered of it with a capture: the columns by {@code schema.name}, none where it is append-only. */
    public static Map<String, List<String>> remembered(TenantPipelineSpec spec) {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        of(spec).forEach((table, key) -> columns.put(
                table.toString(),
                switch (key) {
                    case RowKey.Primary primary -> throw new IllegalStateException("left out: " + table);
                    case RowKey.Declared declared -> declared.columns();
                    case RowKey.AppendOnly appendOnly -> List.of();
                }));
        return columns;
    }
}
