package dev.tributary.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.jobspec.ColumnType;
import dev.tributary.jobspec.ConvertedType;
import dev.tributary.operator.GeneratedPart;
import dev.tributary.operator.source.ColumnMapping;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrantTest {

    /** One of each kind; Decimal stands for all of them. */
    private static final List<String> TYPES = List.of(
            "Int32",
            "Int64",
            "Float32",
            "Float64",
            "Decimal(38, 9)",
            "Decimal(18, 1)",
            "String",
            "LowCardinality(String)",
            "Bool",
            "Date32",
            "UUID",
            "DateTime64(6, 'UTC')",
            "DateTime64(6, 'Asia/Tokyo')",
            "JSON");

    private record Row(String written, ColumnMapping mapping) {}

    private static final List<Row> ROWS = List.of(
            carried("smallint", new ColumnType.Int(16)),
            carried("integer", new ColumnType.Int(32)),
            carried("bigint", new ColumnType.Int(64)),
            carried("real", new ColumnType.Float(32)),
            carried("double precision", new ColumnType.Float(64)),
            carried("numeric(12,2)", new ColumnType.Decimal(12, 2)),
            carried("numeric", new ColumnType.NumericText()),
            carried("boolean", new ColumnType.Bool()),
            carried("text, json, enums and everything else", new ColumnType.Text()),
            new Row("jsonb", new ColumnMapping.Carried(new ColumnType.Text(), Optional.of(new ConvertedType.Json()))),
            carried("timestamp", new ColumnType.Timestamp()),
            carried("timestamp with time zone", new ColumnType.ZonedTimestamp()),
            carried("date", new ColumnType.Date()),
            carried("time", new ColumnType.Time()),
            carried("bytea", new ColumnType.Bytes()),
            carried("uuid", new ColumnType.Uuid()),
            carried("arrays, NOT NULL", new ColumnType.Array(new ColumnType.Text())),
            new Row("money", new ColumnMapping.Lossy(new ColumnType.Decimal(19, 2), "", "")));

    private static Row carried(String written, ColumnType type) {
        return new Row(written, new ColumnMapping.Carried(type));
    }

    @Test
    void thePageSaysWhatIsGranted() throws IOException {
        StringBuilder table = new StringBuilder("""
                | PostgreSQL | may have the `type` | and with `lossy: Accept` |
                |---|---|---|
                """);
        for (Row row : ROWS) {
            List<String> exact = TYPES.stream().filter(t -> isExact(row, t)).toList();
            List<String> lossy = TYPES.stream()
                    .filter(t -> !exact.contains(t) && grant(row, t, true).isPresent())
                    .toList();
            table.append("| `%s` | %s | %s |\n".formatted(row.written(), list(exact), list(lossy)));
        }

        GeneratedPart.of("types.md", "other types").assertIs(table.toString());
    }

    private static boolean isExact(Row row, String type) {
        return grant(row, type, false).filter(g -> g.loses().isEmpty()).isPresent();
    }

    private static Optional<Grant> grant(Row row, String type, boolean lossy) {
        return Grant.of(row.mapping(), WantedType.parse(type).orElseThrow(), lossy);
    }

    private static String list(List<String> types) {
        return types.stream().map(t -> "`" + t + "`").collect(Collectors.joining(", "));
    }

    /** Digits before the point count as well as those after it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Decimal(12, 2)|true",
                "Decimal(76, 38)|true",
                "Decimal(13, 3)|true",
                "Decimal(12, 3)|false",
                "Decimal(38, 1)|false",
                "Decimal(11, 2)|false"
            })
    void aDecimalIsWiderIfItIsSoOnBothSides(String wanted, boolean exact) {
        Row row = carried("numeric(12,2)", new ColumnType.Decimal(12, 2));

        assertThat(isExact(row, wanted)).isEqualTo(exact);
    }

    @Test
    void aNumberOfAnySizeIsRoundedOnlyWhereLossIsAccepted() {
        Row row = carried("numeric", new ColumnType.NumericText());

        assertThat(grant(row, "Decimal(20, 4)", false)).map(Grant::type).contains(new ColumnType.Decimal(20, 4));
        assertThat(grant(row, "Decimal(20, 4)", true)).map(Grant::type).contains(new ConvertedType.Rounded(20, 4));
    }
}
