package dev.tributary.operator.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.jobspec.ColumnType;
import dev.tributary.jobspec.ConvertedType;
import dev.tributary.operator.GeneratedPart;
import dev.tributary.operator.source.ColumnMapping;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresTypesTest {

    private record Row(String written, String type, int modifier) {}

    private static final List<Row> ROWS = List.of(
            new Row("smallint", "int2", -1),
            new Row("integer", "int4", -1),
            new Row("bigint", "int8", -1),
            new Row("real", "float4", -1),
            new Row("double precision", "float8", -1),
            new Row("numeric(12,2)", "numeric", modifier(12, 2)),
            new Row("numeric(76,38)", "numeric", modifier(76, 38)),
            new Row("numeric(77,2)", "numeric", modifier(77, 2)),
            new Row("numeric(5,-2)", "numeric", modifier(5, -2)),
            new Row("numeric(3,5)", "numeric", modifier(3, 5)),
            new Row("numeric", "numeric", -1),
            new Row("boolean", "bool", -1),
            new Row("text", "text", -1),
            new Row("varchar(n)", "varchar", 24),
            new Row("char(n)", "bpchar", 24),
            new Row("json", "json", -1),
            new Row("jsonb", "jsonb", -1),
            new Row("timestamp", "timestamp", -1),
            new Row("timestamp with time zone", "timestamptz", -1),
            new Row("date", "date", -1),
            new Row("time", "time", -1),
            new Row("interval", "interval", -1),
            new Row("bytea", "bytea", -1),
            new Row("uuid", "uuid", -1),
            new Row("integer[]", "_int4", -1),
            new Row("numeric(12,2)[]", "_numeric", modifier(12, 2)),
            new Row("text[]", "_text", -1),
            new Row("everything else", "inet", -1));

    @Test
    void thePageSaysWhatTheCodeDoes() throws IOException {
        StringBuilder table = new StringBuilder("""
                | PostgreSQL | ClickHouse, NOT NULL | ClickHouse, NULL allowed |
                |---|---|---|
                """);
        for (Row row : ROWS) {
            table.append("| `%s` | `%s` | `%s` |\n".formatted(row.written(), type(row, false), type(row, true)));
        }

        GeneratedPart.of("types.md", "types").assertIs(table.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"money", "_money", "timetz"})
    void whatCannotBeReadBackIsRefusedUnlessTheLossIsAccepted(String type) {
        ColumnMapping mapping = PostgresTypes.mapping(described(type, -1, true), false);

        assertThat(mapping).isInstanceOf(ColumnMapping.Lossy.class);
        assertThat(PostgresTypes.canBeKey(mapping)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"int4", "_int4", "money"})
    void aTypeOfAUserIsTextWhateverItsName(String type) {
        assertThat(PostgresTypes.mapping(described(type, -1, false), true))
                .isEqualTo(new ColumnMapping.Carried(new ColumnType.Text()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"_time", "_interval", "_bytea", "_timetz", "_timestamptz", "_date", "_inet"})
    void anArrayWhoseElementsWouldBeBentIsText(String type) {
        assertThat(PostgresTypes.mapping(described(type, -1, true), false))
                .isEqualTo(new ColumnMapping.Carried(new ColumnType.Text()));
    }

    @Test
    void onlyJsonbCanBecomeJson() {
        assertThat(PostgresTypes.mapping(described("jsonb", -1, true), true))
                .isEqualTo(new ColumnMapping.Carried(new ColumnType.Text(), Optional.of(new ConvertedType.Json())));
        assertThat(PostgresTypes.mapping(described("json", -1, true), true))
                .isEqualTo(new ColumnMapping.Carried(new ColumnType.Text()));
    }

    private static String type(Row row, boolean nullable) {
        return PostgresTypes.mapping(described(row.type(), row.modifier(), true), nullable)
                .type()
                .clickHouseType(nullable);
    }

    private static TypeDescription described(String type, int modifier, boolean builtIn) {
        boolean array = type.startsWith("_");
        return new TypeDescription(type, array ? type.substring(1) : type, array, builtIn, modifier);
    }

    private static int modifier(int precision, int scale) {
        return (precision << 16 | scale & 0x7FF) + 4;
    }
}
