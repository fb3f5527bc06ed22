package dev.tributary.bench.job;

import dev.tributary.jobspec.AddedColumn;
import dev.tributary.jobspec.ColumnType;
import dev.tributary.jobspec.JobSpec;
import dev.tributary.jobspec.JobTable;
import dev.tributary.scenarios.ClickHouseQueries;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table orders, in the topic and in ClickHouse. */
final class OrdersTable {

    static final String NAME = "orders";
    static final String DATABASE = "bench";
    static final String TOPIC = "acme.shop.public.orders";
    static final String TENANT = "acme";
    static final int EPOCH = 1;
    /** The version of a row is this and its position. */
    static final BigInteger FIRST_VERSION = BigInteger.valueOf(EPOCH).shiftLeft(112);

    private static final List<JobSpec.Column> COLUMNS = List.of(
            new JobSpec.Column("id", new ColumnType.Int(64), false),
            new JobSpec.Column("customer_id", new ColumnType.Int(64), false),
            new JobSpec.Column("status", new ColumnType.Text(), false),
            new JobSpec.Column("amount", new ColumnType.Decimal(12, 2), false),
            new JobSpec.Column("created_at", new ColumnType.ZonedTimestamp(), false),
            new JobSpec.Column("note", new ColumnType.Text(), true),
            new JobSpec.Column("is_gift", new ColumnType.Bool(), false),
            new JobSpec.Column("weight", new ColumnType.Float(64), false),
            new JobSpec.Column("quantity", new ColumnType.Int(32), false),
            new JobSpec.Column("order_date", new ColumnType.Date(), false));

    /** As {@link Order#checksum} does. */
    private static final String STATE = """
            SELECT count(), sum(CRC32(concat(
              toString(id), '|', toString(customer_id), '|', status, '|', toString(toInt64(amount * 100)), '|',
              toString(toUnixTimestamp64Micro(created_at)), '|', ifNull(note, '-'), '|', toString(toUInt8(is_gift)), '|',
              toString(toInt64(round(weight * 1000))), '|', toString(quantity), '|', toString(toInt32(order_date)), '|',
              toString(_version - toUInt128('%s')))))
            FROM bench.orders FINAL""".formatted(FIRST_VERSION);

    private OrdersTable() {}

    /** What the operator would give the job. */
    static JobSpec spec(String bootstrapServers, String clickHouseUrl) {
        return new JobSpec(
                JobSpec.FORMAT_VERSION,
                TENANT,
                "shop",
                EPOCH,
                new JobSpec.Kafka(bootstrapServers, "acme.shop"),
                new JobSpec.ClickHouse(clickHouseUrl, DATABASE, "_tributary_" + DATABASE),
                "unavailable-0123456789abcdef",
                500,
                JobSpec.Policies.CAREFUL,
                3600,
                List.of(new JobSpec.Table("public", NAME, TOPIC, NAME, COLUMNS, List.of("id"), List.of())));
    }

    /** Makes the tables, empty, as the operator would. */
    static void recreate(ClickHouseQueries clickHouse) {
        clickHouse.ask("CREATE DATABASE IF NOT EXISTS _tributary_" + DATABASE);
        for (JobTable table : JobTable.values()) {
            String itsColumns = table.columns().entrySet().stream()
                    .map(column -> column.getKey() + " " + column.getValue())
                    .collect(Collectors.joining(", "));
            clickHouse.ask("CREATE TABLE IF NOT EXISTS _tributary_" + DATABASE + "." + table.tableName() + " ("
                    + itsColumns + ") ENGINE = ReplacingMergeTree ORDER BY (" + String.join(", ", table.key()) + ")");
        }
        String columns = Stream.concat(
                        COLUMNS.stream().map(c -> c.name() + " " + c.clickHouseType()),
                        AddedColumn.of(List.of("id")).stream().map(c -> c.columnName() + " " + c.clickHouseType()))
                .collect(Collectors.joining(", "));
        clickHouse.ask("CREATE DATABASE IF NOT EXISTS bench");
        clickHouse.ask("DROP TABLE IF EXISTS bench.orders SYNC");
        clickHouse.ask("CREATE TABLE bench.orders (" + columns
                + ") ENGINE = ReplacingMergeTree(_version, _deleted) ORDER BY id"
                + " SETTINGS non_replicated_deduplication_window = 1000");
    }

    static VisibleState state(ClickHouseQueries clickHouse) {
        String[] answer = clickHouse.ask(STATE).split("\t");
        return new VisibleState(Long.parseLong(answer[0]), Long.parseLong(answer[1]));
    }
}
