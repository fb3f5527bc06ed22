package dev.tributary.jobspec;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The columns that Tributary adds after the source's own, in this order, to the tables it writes. */
public enum AddedColumn {
    /** Orders the versions of one key: epoch in the upper 16 bits, position at the source in the lower 112. */
    VERSION("_version", "UInt128"),
    /** 1 for a deleted row, hidden by FINAL. */
    DELETED("_deleted", "UInt8"),
    /** Debezium's operation: {@code r} read by a snapshot, {@code c} create, {@code u} update, {@code d} delete. */
    OP("_op", "LowCardinality(String)"),
    /** When the source committed the change; for a row read by a snapshot, when it was read. */
    SOURCE_TS("_source_ts", "DateTime64(3, 'UTC')"),
    /** The tenant id. */
    TENANT("_tenant", "LowCardinality(String)"),
    /** In a table without a key: the partition of the record in Kafka that has the row. */
    PARTITION("_partition", "Int32"),
    /** In a table without a key: the offset of that record. */
    OFFSET("_offset", "Int64");

    /** What stands for a key where there is none. */
    private static final List<AddedColumn> PLACE = List.of(PARTITION, OFFSET);

    private final String columnName;
    private final String clickHouseType;

    AddedColumn(String columnName, String clickHouseType) {
        this.columnName = columnName;
        this.clickHouseType = clickHouseType;
    }

    /** The column's name in ClickHouse. */
    public String columnName() {
        return columnName;
    }

    /** The column's type in ClickHouse's DDL. */
    public String clickHouseType() {
        return clickHouseType;
    }

    /**
     * Those that a table gets, in order.
     *
     * @param key the names of its key's columns; empty when it has no key
     */
    public static List<AddedColumn> of(List<String> key) {
        return Arrays.stream(values())
                .filter(column -> key.isEmpty() || !PLACE.contains(column))
                .toList();
    }

    /** What a table with this key is ordered by: the key, or where each row's record stands in Kafka. */
    public static List<String> orderBy(List<String> key) {
        return key.isEmpty() ? PLACE.stream().map(AddedColumn::columnName).toList() : key;
    }

    /** The column of this name that every table gets, or empty. A source column of such a name is refused. */
    public static Optional<AddedColumn> named(String columnName) {
        return named(columnName, Arrays.asList(values())).filter(column -> !PLACE.contains(column));
    }

    /** The column of this name that a table with this key gets, or empty. A source column of such a name is refused. */
    public static Optional<AddedColumn> named(List<String> key, String columnName) {
        return named(columnName, of(key));
    }

    private static Optional<AddedColumn> named(String columnName, List<AddedColumn> among) {
        return among.stream().filter(c -> c.columnName.equals(columnName)).findFirst();
    }
}
