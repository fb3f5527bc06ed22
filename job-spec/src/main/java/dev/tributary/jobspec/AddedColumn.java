package dev.tributary.jobspec;

import java.util.Arrays;
import java.util.Optional;

/** The columns that Tributary adds after the source's own, in this order, to every table it writes. */
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
    TENANT("_tenant", "LowCardinality(String)");

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

    /** The added column of this name, or empty. A source column of such a name is refused. */
    public static Optional<AddedColumn> named(String columnName) {
        return Arrays.stream(values())
                .filter(c -> c.columnName.equals(columnName))
                .findFirst();
    }
}
