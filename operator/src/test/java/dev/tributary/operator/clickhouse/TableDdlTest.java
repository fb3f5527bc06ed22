package dev.tributary.operator.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.jobspec.ColumnType;
import dev.tributary.jobspec.JobSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableDdlTest {

    @Test
    void aTableHasTheSourcesColumnsThenOurs() {
        String ddl = TableDdl.createTable(new TablePlan(
                new Identifier("acme"),
                new Identifier("orders"),
                "acme/shop",
                "public.orders",
                List.of(
                        new JobSpec.Column("id", new ColumnType.Int(64), false),
                        new JobSpec.Column("total", new ColumnType.Decimal(12, 2), true),
                        new JobSpec.Column("tags", new ColumnType.Array(new ColumnType.Text()), false),
                        new JobSpec.Column("placed at", new ColumnType.Timestamp(), true)),
                List.of("id"),
                Map.of("total", Codec.parse("Delta, ZSTD(3)").orElseThrow())));

        assertThat(ddl).isEqualTo("""
                        CREATE TABLE IF NOT EXISTS `acme`.`orders`
                        (
                            `id` Int64,
                            `total` Nullable(Decimal(12, 2)) CODEC(Delta, ZSTD(3)),
                            `tags` Array(Nullable(String)),
                            `placed at` Nullable(DateTime64(6, 'UTC')),
                            `_version` UInt128,
                            `_deleted` UInt8,
                            `_op` LowCardinality(String),
                            `_source_ts` DateTime64(3, 'UTC'),
                            `_tenant` LowCardinality(String)
                        )
                        ENGINE = ReplacingMergeTree(`_version`, `_deleted`)
                        ORDER BY `id`
                        SETTINGS non_replicated_deduplication_window = 1000
                        COMMENT 'tributary: acme/shop table public.orders'""");
    }

    @Test
    void namesAndCommentsCannotLeaveTheirQuotes() {
        String ddl = TableDdl.createTable(new TablePlan(
                new Identifier("acme"),
                new Identifier("a` ENGINE = Null --"),
                "acme/shop",
                "public.it's \\",
                List.of(new JobSpec.Column("x`, `y", new ColumnType.Text(), false)),
                List.of("x`, `y"),
                Map.of()));

        assertThat(ddl)
                .contains("`acme`.`a\\` ENGINE = Null --`")
                .contains("    `x\\`, \\`y` String")
                .contains("ORDER BY `x\\`, \\`y`")
                .endsWith("COMMENT 'tributary: acme/shop table public.it\\'s \\\\'");
    }

    @Test
    void aTableWithoutAKeyIsOrderedByWhereItsRecordsStand() {
        TablePlan plan = new TablePlan(
                new Identifier("acme"),
                new Identifier("log"),
                "acme/shop",
                "public.log",
                List.of(new JobSpec.Column("line", new ColumnType.Text(), false)),
                List.of(),
                Map.of());

        String ddl = TableDdl.createTable(plan);

        assertThat(ddl)
                .contains("`_tenant` LowCardinality(String),\n    `_partition` Int32,\n    `_offset` Int64\n")
                .contains("ORDER BY (`_partition`, `_offset`)");
        assertThat(TableDdl.isSortingKey(plan, "_partition, _offset")).isTrue();
        assertThat(TableDdl.insertTombstones(plan, 2))
                .contains("(`_partition`, `_offset`, `_version`, `_deleted`, `_op`, `_source_ts`, `_tenant`)\n"
                        + "SELECT `_partition`, `_offset`, ");
    }

    /** ClickHouse puts words such as from and all into backticks, and leaves order and date without. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "id|id|true",
                "id|`id`|true",
                "from|`from`|true",
                "a b|`a b`|true",
                "a b|a b|false",
                "a`b|`a\\`b`|true",
                "id|id, name|false",
                "id|name|false"
            },
            delimiter = '|')
    void aSortingKeyIsRecognisedHoweverItIsQuoted(String key, String reported, boolean same) {
        TablePlan plan = new TablePlan(
                new Identifier("acme"),
                new Identifier("orders"),
                "acme/shop",
                "public.orders",
                List.of(new JobSpec.Column(key, new ColumnType.Text(), false)),
                List.of(key),
                Map.of());

        assertThat(TableDdl.isSortingKey(plan, reported)).isEqualTo(same);
    }

    @Test
    void aLineBreakInANameIsEscapedAsClickHouseEscapesIt() {
        assertThat(new Identifier("new\nline\t").quoted()).isEqualTo("`new\\nline\\t`");
    }
}
