package dev.tributary.operator.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.jobspec.ColumnType;
import dev.tributary.jobspec.JobSpec;
import dev.tributary.operator.source.ColumnMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

                - **A domain** is what it is made of.
                - **numeric without a precision**, or with more than 76 digits, is carried as text,
                  as PostgreSQL writes it, with `NaN`, `Infinity` and `-Infinity`: only text holds every value.
                - **json, jsonb** are carried as text, as PostgreSQL writes them.
                - **timestamp** has no zone; it is kept as if it were UTC. **timestamptz** is kept as the instant.
                - **time** is text such as `23:59:59.5`: PostgreSQL's day has a 24:00:00. **interval** is text of ISO 8601, such as
                  `P1Y2M3DT4H5M6.789S`: a month and thirty days are not the same.
                - **bytea** is the bytes themselves: a ClickHouse String holds any.
                - **Arrays** of numbers, booleans, text, JSON and uuid: where NULL is allowed, text with a JSON array, since ClickHouse has no
                  Nullable(Array) ([decision 5](decisions/0005-nullable-arrays-as-text.md)); else an Array, and an array of arrays stops the job.
                  All other arrays are text as PostgreSQL writes it: `{a,b}`.
                - **Everything else** is text as PostgreSQL writes it, the same from a snapshot and from the log: enums, `bit`,
                  network addresses, ranges and multiranges, composite types, `xml`, `tsvector`, geometric types (numbers as Java
                  writes them: `(1.0,2.5)`), and the types of extensions: hstore, ltree, citext, PostGIS (EWKB in hexadecimal digits).
                  Where that text depends on a session, as with `tstzrange`, it has the time zone of the Connect worker.
                - **money** and **time with time zone** are refused before anything is made, with reason `UnsupportedColumnType` and the column's name.
                - **Generated columns** are left out, since PostgreSQL does not write them to its log; `SourceReady` names them.
                - **Outside ClickHouse's range** (dates and timestamps before 1900 or after 2299, infinity; NaN in a Decimal): the job stops with
                  table and position in `ProcessingReady`, unless `spec.source.tables[].columns[].outOfRange` says `Clamp` (dates and timestamps
                  become the nearest that fits) or `Null`; or the record is put aside, with `processing.onBadRecord: Quarantine`
                  ([operate](operate.md#records-that-cannot-be-carried)).
                - **As a key**: every type but floats and Array.
                """);

        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(DOCS, page);
        }
        assertThat(DOCS).hasContent(page.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"money", "_money", "timetz"})
    void whatCannotBeReadBackIsRefused(String type) {
        assertThat(PostgresTypes.mapping(described(type, -1, true), true))
                .isInstanceOf(ColumnMapping.Unsupported.class);
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

    private static String type(Row row, boolean nullable) {
        ColumnMapping.Carried carried =
                (ColumnMapping.Carried) PostgresTypes.mapping(described(row.type(), row.modifier(), true), nullable);
        return new JobSpec.Column("c", carried.type(), nullable).clickHouseType();
    }

    private static TypeDescription described(String type, int modifier, boolean builtIn) {
        boolean array = type.startsWith("_");
        return new TypeDescription(type, array ? type.substring(1) : type, array, builtIn, modifier);
    }

    private static int modifier(int precision, int scale) {
        return (precision << 16 | scale & 0x7FF) + 4;
    }
}
