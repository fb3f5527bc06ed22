package dev.tributary.job.clickhouse;

import dev.tributary.job.change.StoredRows;
import dev.tributary.jobspec.AddedColumn;
import dev.tributary.jobspec.JobSpec;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The statement that asks for the newest rows of some keys, tombstones included. */
final class PointQuery {

    private PointQuery() {}

    /** Values are read of the newest rows only: older versions may be as many, and as large. */
    static String sql(JobSpec.ClickHouse clickHouse, StoredRows rows) {
        JobSpec.Table spec = rows.layout().table();
        String table = new Identifier(clickHouse.database()).sql() + "." + new Identifier(spec.target()).sql();
        String key = names(spec.key().stream());
        String version = new Identifier(AddedColumn.VERSION.columnName()).sql();
        String isAsked = "(" + key + ") IN ("
                + rows.keys().stream().map(PointQuery::tuple).collect(Collectors.joining(", ")) + ")";
        String columns = names(Stream.concat(
                Stream.concat(
                        spec.key().stream(),
                        Stream.of(AddedColumn.VERSION.columnName(), AddedColumn.DELETED.columnName())),
                rows.wanted().stream()));
        return "SELECT " + columns + " FROM " + table + " WHERE " + isAsked + " AND (" + key + ", " + version
                + ") IN (SELECT " + key + ", max(" + version + ") FROM " + table + " WHERE " + isAsked + " GROUP BY "
                + key + ") LIMIT 1 BY " + key;
    }

    private static String names(Stream<String> names) {
        return names.map(name -> new Identifier(name).sql()).collect(Collectors.joining(", "));
    }

    private static String tuple(List<StoredRows.KeyValue> key) {
        return key.stream()
                .map(value -> Literal.of(value.type(), value.value()).sql())
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
