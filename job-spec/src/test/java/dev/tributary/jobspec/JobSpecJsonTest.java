package dev.tributary.jobspec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class JobSpecJsonTest {

    private static final JobSpec SHOP = new JobSpec(
            JobSpec.FORMAT_VERSION,
            "acme",
            "shop",
            1,
            new JobSpec.Kafka("kafka:9092", "acme.shop"),
            new JobSpec.ClickHouse("http://clickhouse:8123", "acme", "_tributary_acme"),
            "unavailable-0123456789abcdef",
            50,
            JobSpec.Policies.CAREFUL,
            3600,
            List.of(new JobSpec.Table(
                    "public",
                    "orders",
                    "acme.shop.public.orders",
                    "orders",
                    List.of(
                            new JobSpec.Column("id", new ColumnType.Int(64), false),
                            new JobSpec.Column("amount", new ColumnType.Decimal(12, 2), true),
                            new JobSpec.Column("tags", new ColumnType.Array(new ColumnType.Text()), false)),
                    List.of("id"),
                    List.of(17L, 0L))));

    @Test
    void whatIsWrittenIsReadBack() {
        String json = JobSpecJson.write(SHOP);

        JobSpec read = JobSpecJson.read(json);

        assertThat(read).isEqualTo(SHOP);
        assertThat(JobSpecJson.hash(JobSpecJson.write(read))).isEqualTo(JobSpecJson.hash(json));
    }

    @Test
    void columnsSayTheirClickHouseType() {
        List<String> types = SHOP.tables().get(0).columns().stream()
                .map(JobSpec.Column::clickHouseType)
                .toList();

        assertThat(types).containsExactly("Int64", "Nullable(Decimal(12, 2))", "Array(Nullable(String))");
    }

    @Test
    void aDictionaryIsAroundWhatMayBeNullAndNotInTheJobsBlocks() {
        JobSpec.Column column =
                new JobSpec.Column("status", new ConvertedType.LowCardinality(new ColumnType.Text()), true);

        assertThat(column.clickHouseType()).isEqualTo("LowCardinality(Nullable(String))");
        assertThat(column.nativeType()).isEqualTo("Nullable(String)");
    }

    @Test
    void anUnknownOrMissingFieldIsRefused() {
        String json = JobSpecJson.write(SHOP);

        assertThatThrownBy(() -> JobSpecJson.read(json.replace("\"tenant\"", "\"tenent\"")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a JobSpec");
    }
}
