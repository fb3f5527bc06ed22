package dev.tributary.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.api.v1alpha1.SourceTable;
import dev.tributary.api.v1alpha1.SourceTable.Lossy;
import dev.tributary.api.v1alpha1.SourceTable.OutOfRange;
import dev.tributary.api.v1alpha1.SourceTable.SourceColumn;
import dev.tributary.jobspec.ColumnType;
import dev.tributary.jobspec.ConvertedType;
import dev.tributary.jobspec.JobSpec;
import dev.tributary.operator.clickhouse.Codec;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.Resolution;
import dev.tributary.operator.condition.Resolution.Resolved;
import dev.tributary.operator.condition.Resolution.Unresolved;
import dev.tributary.operator.source.ColumnMapping;
import dev.tributary.operator.source.SourceTableInfo;
import dev.tributary.operator.source.TableId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnWishesTest {

    private static final ColumnMapping MONEY =
            new ColumnMapping.Lossy(new ColumnType.Decimal(19, 2), "cannot be read back", "what Debezium reads of it");

    private static SourceTableInfo table(ColumnMapping price) {
        return new SourceTableInfo(
                new TableId("public", "items"),
                List.of(
                        column("id", "integer", false, new ColumnMapping.Carried(new ColumnType.Int(32))),
                        column("code", "numeric(9,2)", false, new ColumnMapping.Carried(new ColumnType.Decimal(9, 2))),
                        column(
                                "seen",
                                "timestamptz",
                                false,
                                new ColumnMapping.Carried(new ColumnType.ZonedTimestamp())),
                        column("name", "text", true, new ColumnMapping.Carried(new ColumnType.Text())),
                        column("day", "date", false, new ColumnMapping.Carried(new ColumnType.Date())),
                        column("rate", "numeric", true, new ColumnMapping.Carried(new ColumnType.NumericText())),
                        column(
                                "doc",
                                "jsonb",
                                true,
                                new ColumnMapping.Carried(
                                        new ColumnType.Text(), Optional.of(new ConvertedType.Json()))),
                        column("price", "money", false, price)),
                List.of("id", "code", "seen"),
                List.of());
    }

    private static dev.tributary.operator.source.SourceColumn column(
            String name, String typeName, boolean nullable, ColumnMapping mapping) {
        return new dev.tributary.operator.source.SourceColumn(name, typeName, nullable, mapping);
    }

    private static Resolution<List<PlannedColumn>> plan(ColumnMapping price, SourceColumn... wishes) {
        return ColumnWishes.of(table(price), new SourceTable("public", "items", null, List.of(wishes)));
    }

    private static PlannedColumn granted(SourceColumn wish) {
        Resolution<List<PlannedColumn>> plan = plan(new ColumnMapping.Carried(new ColumnType.Int(16)), wish);
        assertThat(plan).isInstanceOf(Resolved.class);
        return ((Resolved<List<PlannedColumn>>) plan)
                .value().stream()
                        .filter(c -> c.column().name().equals(wish.name()))
                        .findFirst()
                        .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id    | Int64                           |        | Int64",
                "id    | String                          |        | String",
                "code  | Decimal(20, 4)                  |        | Decimal(20, 4)",
                "name  | LowCardinality(Nullable(String))|        | LowCardinality(Nullable(String))",
                "day   | Nullable(Date32)                |        | Nullable(Date32)",
                "day   | LowCardinality(String)          |        | LowCardinality(String)",
                "rate  | Nullable(Decimal(38,9))         |        | Nullable(Decimal(38, 9))",
                "rate  | Nullable(Float64)               | Accept | Nullable(Float64)",
                "doc   | Nullable(JSON)                  | Accept | Nullable(JSON)"
            })
    void aColumnHasTheWantedType(String column, String type, @Nullable Lossy lossy, String made) {
        PlannedColumn planned = granted(new SourceColumn(column, type, lossy, null, null));

        assertThat(planned.column().clickHouseType()).isEqualTo(made);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id   | Int16                       |        | has type integer, which cannot become Int16",
                "id   | Nullable(Int64)             | Accept | has no NULL",
                "id   | UInt64                      |        | none that a column can be given",
                "id   | Int64) ENGINE = Null        |        | none that a column can be given",
                "code | Float64                     | Accept | part of the key",
                "code | Decimal(9, 1)               | Accept | part of the key",
                "seen | DateTime64(6, 'Asia/Tokyo') |        | instants are in UTC",
                "seen | DateTime64(6, 'Mars/Base')  |        | cannot become",
                "name | String                      |        | write type Nullable(String)",
                "name | LowCardinality(String)      |        | write type LowCardinality(Nullable(String))",
                "name | Nullable(JSON)              | Accept | cannot become",
                "rate | Nullable(Float64)           |        | rounded to the nearest Float64",
                "doc  | Nullable(JSON)              |        | set lossy: Accept",
            })
    void aTypeThatCannotBeIsRefused(String column, String type, @Nullable Lossy lossy, String why) {
        Resolution<List<PlannedColumn>> plan = plan(
                new ColumnMapping.Carried(new ColumnType.Int(16)), new SourceColumn(column, type, lossy, null, null));

        assertThat(((Unresolved<List<PlannedColumn>>) plan).why().reason()).isEqualTo(Reason.ColumnOptionNotPossible);
        assertThat(((Unresolved<List<PlannedColumn>>) plan).why().message())
                .startsWith("column " + column + " of table public.items ")
                .contains(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "day  | String                  | Clamp | for what becomes a date or a timestamp only",
                "day  |                         | Null  | set type to Nullable(Date32)",
                "rate |                         | Null  | has type numeric and becomes Nullable(String)",
                "name | Nullable(String)        | Null  | leave it out"
            })
    void outOfRangeIsForTheTypeThatTheColumnGets(
            String column, @Nullable String type, OutOfRange outOfRange, String why) {
        Resolution<List<PlannedColumn>> plan = plan(
                new ColumnMapping.Carried(new ColumnType.Int(16)),
                new SourceColumn(column, type, null, outOfRange, null));

        assertThat(((Unresolved<List<PlannedColumn>>) plan).why().message()).contains(column, why);
    }

    @Test
    void aColumnMadeNullableMayHaveNullForWhatDoesNotFit() {
        PlannedColumn planned = granted(new SourceColumn("day", "Nullable(Date32)", null, OutOfRange.Null, null));

        assertThat(planned.column())
                .isEqualTo(
                        new JobSpec.Column("day", new ColumnType.Date(), true, dev.tributary.jobspec.OutOfRange.NULL));
    }

    @Test
    void whatCannotBeCarriedExactlyIsRefusedWithTheWordsThatAcceptIt() {
        Resolution<List<PlannedColumn>> refused = plan(MONEY);
        Resolution<List<PlannedColumn>> accepted =
                plan(MONEY, new SourceColumn("price", null, Lossy.Accept, null, null));

        assertThat(((Unresolved<List<PlannedColumn>>) refused).why().reason()).isEqualTo(Reason.UnsupportedColumnType);
        assertThat(((Unresolved<List<PlannedColumn>>) refused).why().message())
                .contains("column price of table public.items has type money", "set lossy: Accept");
        assertThat(((Resolved<List<PlannedColumn>>) accepted).value())
                .extracting(c -> c.column().clickHouseType())
                .endsWith("Decimal(19, 2)");
    }

    @Test
    void aCodecIsPlannedAndAnUnknownOneRefused() {
        PlannedColumn planned = granted(new SourceColumn("day", null, null, null, "DoubleDelta, ZSTD"));
        Resolution<List<PlannedColumn>> refused = plan(
                new ColumnMapping.Carried(new ColumnType.Int(16)), new SourceColumn("day", null, null, null, "Zip(9)"));

        assertThat(planned.codec()).isEqualTo(Codec.parse("DoubleDelta, ZSTD"));
        assertThat(((Unresolved<List<PlannedColumn>>) refused).why().message())
                .contains("codec Zip(9) of column day of table public.items", "ZSTD");
    }
}
