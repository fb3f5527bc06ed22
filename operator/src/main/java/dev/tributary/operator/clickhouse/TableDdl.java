package dev.tributary.operator.clickhouse;

import dev.tributary.jobspec.AddedColumn;
import dev.tributary.jobspec.JobSpec;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the DDL. Names go through {@link Identifier}, comments through {@link #literal}; types are ours. */
final class TableDdl {

    /**
     * ClickHouse ignores insert_deduplication_token unless a table that is not replicated keeps a window of its own. The
     * job sends one token for each block, so that the retry of a block is no second block.
     */
    private static final String SETTINGS = "non_replicated_deduplication_window = 1000";

    /** Of a version; the epoch is above them. */
    private static final int POSITION_BITS = 112;

    /** What a tombstone has beside what its table is ordered by. */
    private static final List<String> TOMBSTONE = Stream.of(
                    AddedColumn.VERSION, AddedColumn.DELETED, AddedColumn.OP, AddedColumn.SOURCE_TS, AddedColumn.TENANT)
            .map(AddedColumn::columnName)
            .toList();

    private TableDdl() {}

    static String createDatabase(DatabasePlan plan) {
        return "CREATE DATABASE IF NOT EXISTS " + plan.name().quoted() + " COMMENT " + literal(plan.mark());
    }

    static String createTable(TablePlan plan) {
        List<String> lines = new ArrayList<>();
        columns(plan).forEach((name, type) -> {
            Codec codec = plan.codecs().get(name);
            lines.add("    " + new Identifier(name).quoted() + " " + type + (codec == null ? "" : " " + codec.sql()));
        });
        return "CREATE TABLE IF NOT EXISTS " + plan.database().quoted() + "."
                + plan.name().quoted() + "\n(\n" + String.join(",\n", lines) + "\n)\n"
                + "ENGINE = ReplacingMergeTree(" + quoted(AddedColumn.VERSION) + ", " + quoted(AddedColumn.DELETED)
                + ")\n"
                + "ORDER BY " + orderBy(plan) + "\nSETTINGS " + SETTINGS + "\nCOMMENT " + literal(plan.mark());
    }

    /** What a person may run to have a column compressed otherwise; it loses nothing. */
    static String alterCodec(TablePlan plan, String column, Codec codec) {
        return "ALTER TABLE " + plan.database().quoted() + "." + plan.name().quoted() + " MODIFY COLUMN "
                + new Identifier(column).quoted() + " " + codec.sql();
    }

    static String dropTable(DatabasePlan database, Identifier table) {
        return "DROP TABLE IF EXISTS " + database.name().quoted() + "." + table.quoted();
    }

    static String dropDatabase(DatabasePlan database) {
        return "DROP DATABASE IF EXISTS " + database.name().quoted();
    }

    /**
     * A tombstone for each row that an epoch did not see again. Its version is the last one before the epoch: above all of
     * older epochs, below all of this one.
     */
    static String insertTombstones(TablePlan plan, int epoch) {
        String table = plan.database().quoted() + "." + plan.name().quoted();
        String key = names(plan.orderBy());
        BigInteger first = BigInteger.valueOf(epoch).shiftLeft(POSITION_BITS);
        return "INSERT INTO " + table + " (" + key + ", " + names(TOMBSTONE)
                + ")\nSELECT " + key + ", toUInt128('" + first.subtract(BigInteger.ONE)
                + "'), 1, 'd', now64(3, 'UTC'), "
                + quoted(AddedColumn.TENANT) + "\nFROM " + table + " FINAL\nWHERE " + quoted(AddedColumn.VERSION)
                + " < toUInt128('" + first + "')";
    }

    /** The columns by name, in order, with the types that ClickHouse reports for them. */
    static Map<String, String> columns(TablePlan plan) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (JobSpec.Column column : plan.columns()) {
            columns.put(column.name(), column.clickHouseType());
        }
        for (AddedColumn added : plan.added()) {
            columns.put(added.columnName(), added.clickHouseType());
        }
        return columns;
    }

    /** One column stands alone: ClickHouse keeps parentheses around one, and drops them around several. */
    private static String orderBy(TablePlan plan) {
        String columns = names(plan.orderBy());
        return plan.orderBy().size() == 1 ? columns : "(" + columns + ")";
    }

    private static String names(List<String> names) {
        return names.stream().map(name -> new Identifier(name).quoted()).collect(Collectors.joining(", "));
    }

    /**
     * Whether system.tables reports the planned sorting key. It puts names into backticks where they need them, and where
     * they are one of some words that differ from version to version.
     */
    static boolean isSortingKey(TablePlan plan, String reported) {
        String pattern = plan.orderBy().stream().map(TableDdl::asReported).collect(Collectors.joining(", "));
        return reported.matches(pattern);
    }

    private static String asReported(String name) {
        String quoted = Pattern.quote(new Identifier(name).quoted());
        return name.matches("[a-zA-Z_][a-zA-Z0-9_]*") ? "(?:" + name + "|" + quoted + ")" : quoted;
    }

    private static String quoted(AddedColumn column) {
        return new Identifier(column.columnName()).quoted();
    }

    /** A string literal: the marks hold names of Kubernetes objects and of source tables, which may be any text. */
    static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
