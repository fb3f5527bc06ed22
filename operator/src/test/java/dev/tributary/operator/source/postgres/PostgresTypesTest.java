package dev.tributary.operator.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.jobspec.JobSpec;
import dev.tributary.operator.source.ColumnMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PostgresTypesTest {

    private static final Path DOCS = Path.of("../docs/types.md");

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
            new Row("uuid", "uuid", -1),
            new Row("integer[]", "_int4", -1),
            new Row("numeric(12,2)[]", "_numeric", modifier(12, 2)),
            new Row("text[]", "_text", -1),
            new Row("timestamp with time zone[]", "_timestamptz", -1));

    /** {@code -DargLine=-Dgolden.update=true} writes the page anew. */
    @Test
    void thePageSaysWhatTheCodeDoes() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Types

                What becomes of each PostgreSQL type. A value arrives exactly, or the pipeline stops and says where: nothing is rounded,
                clamped or replaced. This page is made from the code; a test compares the two.

                | PostgreSQL | ClickHouse, NOT NULL | ClickHouse, NULL allowed |
                |---|---|---|
                """);
        for (Row row : ROWS) {
            page.append("| `%s` | `%s` | `%s` |\n".formatted(row.written(), type(row, false), type(row, true)));
        }
        page.append("""

                - **numeric without a precision**, with more than 76 digits or with a negative scale is carried as text: only text holds every value.
                - **json, jsonb** are carried as text, as PostgreSQL writes them.
                - **timestamp** has no zone; it is kept as if it were UTC. **timestamptz** is kept as the instant.
                - **Arrays** have one dimension. One that allows NULL is text with a JSON array: see [decision 5](decisions/0005-nullable-arrays-as-text.md).
                - **Outside ClickHouse's range** (dates and timestamps before 1900 or after 2299, infinity; NaN in a Decimal): the job stops with
                  table and position in `ProcessingReady`.
                - **As a key**: every type but floats and arrays.
                - **Everything else** is refused before anything is made, with reason `UnsupportedColumnType` and the column's name; so are generated columns.
                """);

        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(DOCS, page);
        }
        assertThat(DOCS).hasContent(page.toString());
    }

    @ParameterizedTest
    @CsvSource({"point", "bytea", "interval", "time", "money", "inet", "_point", "_bytea"})
    void whatIsNotInTheTableIsRefused(String type) {
        assertThat(PostgresTypes.mapping(described(type, -1, TypeDescription.Kind.BUILT_IN), true))
                .isInstanceOf(ColumnMapping.Unsupported.class);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BUILT_IN")
    void aTypeOfAUserIsRefusedWhateverItsName(TypeDescription.Kind kind) {
        assertThat(PostgresTypes.mapping(described("text", -1, kind), true))
                .isEqualTo(new ColumnMapping.Unsupported("is " + kind.inWords() + " and cannot be carried yet"));
    }

    private static String type(Row row, boolean nullable) {
        ColumnMapping.Carried carried = (ColumnMapping.Carried)
                PostgresTypes.mapping(described(row.type(), row.modifier(), TypeDescription.Kind.BUILT_IN), nullable);
        return new JobSpec.Column("c", carried.type(), nullable).clickHouseType();
    }

    private static TypeDescription described(String type, int modifier, TypeDescription.Kind kind) {
        boolean array = type.startsWith("_");
        return new TypeDescription(type, array ? type.substring(1) : type, array, kind, modifier);
    }

    private static int modifier(int precision, int scale) {
        return (precision << 16 | scale & 0x7FF) + 4;
    }
}
