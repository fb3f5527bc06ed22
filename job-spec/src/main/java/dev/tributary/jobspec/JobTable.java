package dev.tributary.jobspec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The job's own tables, in a database beside the tenant's: the operator makes them, the job writes them. All pipelines of
 * a tenant share them; each has a partition of its own.
 */
public enum JobTable {
    /**
     * Records that could not be carried, one row each, known by topic, partition and offset. The last row written for one
     * counts.
     */
    QUARANTINE(
            "quarantine",
            List.of("pipeline", "topic", "partition", "offset"),
            "pipeline",
            "LowCardinality(String)",
            "target",
            "LowCardinality(String)",
            "topic",
            "LowCardinality(String)",
            "partition",
            "Int32",
            "offset",
            "Int64",
            "epoch",
            "UInt16",
            "position",
            "UInt64",
            "reason",
            "LowCardinality(String)",
            "sentence",
            "String",
            "key",
            "String",
            "other_key",
            "String",
            "payload",
            "String",
            "state",
            "LowCardinality(String)",
            "at",
            "DateTime64(3, 'UTC')"),
    /** For each target the version below which the source has truncated all rows; the highest counts. */
    FLOORS(
            "floors",
            List.of("pipeline", "target"),
            "pipeline",
            "LowCardinality(String)",
            "target",
            "String",
            "version",
            "UInt128");

    private final String tableName;
    private final List<String> key;
    private final Map<String, String> columns;

    JobTable(String tableName, List<String> key, String... namesAndTypes) {
        this.tableName = tableName;
        this.key = key;
        Map<String, String> byName = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            byName.put(namesAndTypes[i], namesAndTypes[i + 1]);
        }
        columns = Collections.unmodifiableMap(byName);
    }

    /** The table's name in the job's database. */
    public String tableName() {
        return tableName;
    }

    /** The columns it is ordered by. */
    public List<String> key() {
        return key;
    }

    /** The columns in order, with the types that ClickHouse reports for them. */
    public Map<String, String> columns() {
        return columns;
    }
}
