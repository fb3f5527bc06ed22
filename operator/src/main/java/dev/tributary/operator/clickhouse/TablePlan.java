package dev.tributary.operator.clickhouse;

import dev.tributary.jobspec.AddedColumn;
import dev.tributary.jobspec.JobSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table as it should be.
 *
 * @param database the tenant's database
 * @param name its name
 * @param owner the pipeline that writes it, {@code namespace/name}
 * @param source the source table, {@code schema.name}
 * @param columns the source's columns, in source order, without the columns that Tributary adds
 * @param key the names of the key's columns, in the order of ORDER BY; empty when rows are known by where their records
 *     stand in Kafka
 * @param codecs how columns are compressed, by their names; the server decides on the others
 */
public record TablePlan(
        Identifier database,
        Identifier name,
        String owner,
        String source,
        List<JobSpec.Column> columns,
        List<String> key,
        Map<String, Codec> codecs) {

    public TablePlan {
        codecs = Collections.unmodifiableMap(new LinkedHashMap<>(codecs));
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    /** The names of the columns that it is ordered by. */
    List<String> orderBy() {
        return AddedColumn.orderBy(key);
    }

    /** The columns that Tributary adds, in order. */
    List<AddedColumn> added() {
        return AddedColumn.of(key);
    }

    /** The comment that says whose the table is. */
    public String mark() {
        return markOf(owner) + source;
    }

    /** What the marks of all tables of a pipeline begin with. */
    static String markOf(String owner) {
        return "tributary: " + owner + " table ";
    }
}
