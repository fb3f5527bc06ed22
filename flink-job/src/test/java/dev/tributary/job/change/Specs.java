package dev.tributary.job.change;

import dev.tributary.jobspec.ColumnType;
import dev.tributary.jobspec.JobSpec;
import java.util.List;

/** Specs and events for tests. */
public final class Specs {

    public static final String PLACEHOLDER = "unavailable-0123456789abcdef";
    public static final JobSpec.Column ID = new JobSpec.Column("id", new ColumnType.Int(64), false);

    private Specs() {}

    public static JobSpec spec(String clickHouseUrl, JobSpec.Table... tables) {
        return spec(clickHouseUrl, JobSpec.Policies.CAREFUL, tables);
    }

    public static JobSpec spec(String clickHouseUrl, JobSpec.Policies policies, JobSpec.Table... tables) {
        return new JobSpec(
                JobSpec.FORMAT_VERSION,
                "acme",
                "shop",
                7,
                new JobSpec.Kafka("kafka:9092", "acme.shop"),
                new JobSpec.ClickHouse(clickHouseUrl, "acme", "_tributary_acme"),
                PLACEHOLDER,
                500,
                policies,
                3600,
                List.of(tables));
    }

    public static JobSpec.Table table(String name, List<JobSpec.Column> columns, String... key) {
        return new JobSpec.Table("public", name, "acme.shop.public." + name, name, columns, List.of(key), List.of());
    }

    /** The table orders, whose epoch begins at these offsets. */
    public static JobSpec.Table startingAt(List<Long> startOffsets) {
        return new JobSpec.Table(
                "public", "orders", "acme.shop.public.orders", "orders", List.of(ID), List.of("id"), startOffsets);
    }

    /** A table with the key {@code id} and one more column. */
    public static JobSpec.Table table(ColumnType type, boolean nullable) {
        return table("orders", List.of(ID, new JobSpec.Column("v", type, nullable)), "id");
    }

    public static TableLayout layout(JobSpec.Table table) {
        return TableLayout.of(spec("http://clickhouse:8123", table), table);
    }

    /** An event as Connect writes it, with members in Debezium's order. */
    public static String event(String op, String before, String after, long lsn) {
        return event(op, before, after, lsn, 1795226865123L);
    }

    /** The same, committed at this time, in milliseconds since 1970. */
    public static String event(String op, String before, String after, long lsn, long committed) {
        return "{\"before\":" + before + ",\"after\":" + after
                + ",\"source\":{\"version\":\"3.6.3.Final\",\"connector\":\"postgresql\",\"name\":\"acme.shop\","
                + "\"ts_ms\":" + committed
                + ",\"snapshot\":\"false\",\"db\":\"shop\",\"sequence\":\"[\\\"1\\\",\\\"2\\\"]\","
                + "\"ts_us\":1795226865123456,\"schema\":\"public\",\"table\":\"orders\",\"txId\":9,\"lsn\":" + lsn
                + ",\"xmin\":null},\"transaction\":null,\"op\":\"" + op + "\",\"ts_ms\":1795226865200}";
    }
}
