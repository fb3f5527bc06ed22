package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.api.v1alpha1.SourceTable;
import dev.tributary.api.v1alpha1.SourceTable.OutOfRange;
import dev.tributary.api.v1alpha1.SourceTable.SourceColumn;
import dev.tributary.api.v1alpha1.TenantPipelineSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The extremes of every type, as ClickHouse has them: once read by the snapshot and once from the log, which are two ways
 * through Debezium. docs/types.md says what to expect.
 */
@ExtendWith(BoxExtension.class)
class TypesTest {

    /** What the types of a user and of extensions need. */
    private static final String[] DEFINITIONS = {
        "CREATE EXTENSION hstore",
        "CREATE EXTENSION ltree",
        "CREATE EXTENSION citext",
        "CREATE TYPE mood AS ENUM ('sad', 'so, so', 'happy \"quoted\" é')",
        "CREATE TYPE place AS (street text, number int)",
        "CREATE TYPE span AS RANGE (subtype = float8)",
        "CREATE DOMAIN amount AS numeric(8, 2) CHECK (VALUE >= 0)",
        "CREATE DOMAIN discount AS amount CHECK (VALUE < 100)",
        "CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%')",
        "CREATE DOMAIN scores AS int[]",
        "CREATE DOMAIN born AS date"
    };

    /**
     * A value and what ClickHouse has to show.
     *
     * @param type as in CREATE TABLE
     * @param value as text that PostgreSQL casts to the type
     * @param expected what ClickHouse shows, bytes in hexadecimal digits
     */
    private record Sample(String type, String value, String expected) {

        String literal() {
            return "'" + value.replace("'", "''") + "'::" + type.replace(" NOT NULL", "");
        }

        /** The default is never what arrives, and Debezium reads it all the same. */
        String declared() {
            return type + " DEFAULT " + literal();
        }

        boolean nullable() {
            return !type.endsWith(" NOT NULL");
        }
    }

    private static Sample as(String type, String value, String expected) {
        return new Sample(type, value, expected);
    }

    private static Sample same(String type, String value) {
        return new Sample(type, value, value);
    }

    private static final List<Sample> SAMPLES = List.of(
            same("smallint", "-32768"),
            same("smallint", "32767"),
            same("integer", "-2147483648"),
            same("bigint", "-9223372036854775808"),
            same("bigint", "9223372036854775807"),
            as("real", "1.17549435e-38", "1.1754944e-38"),
            as("real", "3.4028235e+38", "3.4028235e38"),
            as("real", "NaN", "nan"),
            as("real", "-Infinity", "-inf"),
            as("double precision", "4.9406564584124654e-324", "5e-324"),
            as("double precision", "1.7976931348623157e+308", "1.7976931348623157e308"),
            as("double precision", "Infinity", "inf"),
            same("double precision", "-0.1"),
            same("numeric(9,2)", "-9999999.99"),
            as("numeric(9,2)", "0.00", "0"),
            same("numeric(76,38)", "9".repeat(38) + "." + "9".repeat(38)),
            same("numeric(76,0)", "-" + "9".repeat(76)),
            same("numeric(80,2)", "9".repeat(78) + ".99"),
            same("numeric(5,-2)", "1234500"),
            same("numeric(3,5)", "-0.00999"),
            same("numeric", "123456789012345678901234567890.123456789"),
            same("numeric", "0.00000000000000000001"),
            same("numeric", "-1.50"),
            same("numeric", "9".repeat(1000)),
            same("numeric", "NaN"),
            same("numeric", "Infinity"),
            same("numeric", "-Infinity"),
            same("boolean", "true"),
            same("boolean", "false"),
            same("text", ""),
            same("text", "line\nbreak\ttab \u0001 \"quoted\" \\ é 恵 🚚 \u2028"),
            same("varchar(12)", "  blanks  "),
            as("char(4)", "ab", "ab  "),
            same("json", "{\"b\" : 1,  \"a\": [null, 1.50]}"),
            same("jsonb", "{\"a\": [null, 1.50], \"b\": \"\\\"\"}"),
            as("timestamp", "1900-01-01 00:00:00", "1900-01-01 00:00:00.000000"),
            same("timestamp", "2299-12-31 23:59:59.999999"),
            as("timestamptz", "2024-02-29 12:00:00.000001+05:30", "2024-02-29 06:30:00.000001"),
            as("timestamptz", "1900-01-01 00:00:00+00", "1900-01-01 00:00:00.000000"),
            same("date", "1900-01-01"),
            same("date", "2299-12-31"),
            same("time", "00:00:00"),
            same("time", "23:59:59.999999"),
            same("time", "24:00:00"),
            same("time(1)", "12:34:56.5"),
            as("interval", "1 year 2 mons 3 days 04:05:06.789", "P1Y2M3DT4H5M6.789S"),
            as("interval", "-1 day -00:00:00.5", "P0Y0M-1DT0H0M-0.5S"),
            as("interval", "0", "P0Y0M0DT0H0M0S"),
            as("bytea", "\\x00ff10", "00FF10"),
            as("bytea", "", ""),
            same("uuid", "00112233-4455-6677-8899-aabbccddeeff"),
            same("mood", "sad"),
            same("mood", "happy \"quoted\" é"),
            as("amount", "12.50", "12.5"),
            same("discount", "99.99"),
            same("email", "a@b"),
            same("born", "2000-02-29"),
            as("scores", "{1,NULL,3}", "[1,null,3]"),
            as("scores", "[0:1]={1,2}", "[1,2]"),
            same("int4range", "[1,5)"),
            same("int4range", "empty"),
            same("int8range", "(,10)"),
            same("numrange", "[1.50,2.75]"),
            same("daterange", "[2024-01-01,2024-03-01)"),
            same("tsrange", "[\"2024-01-01 00:00:00\",infinity)"),
            same("tstzrange", "[\"2024-01-01 00:00:00+00\",\"2024-01-02 00:00:00.5+00\")"),
            same("span", "[0.1,2.5)"),
            same("int4multirange", "{[1,3),[5,7)}"),
            same("inet", "192.168.0.1/24"),
            same("inet", "::1"),
            same("cidr", "10.0.0.0/8"),
            same("macaddr", "08:00:2b:01:02:03"),
            same("macaddr8", "08:00:2b:01:02:03:04:05"),
            same("bit(1)", "1"),
            same("bit(5)", "00101"),
            same("bit(64)", "1" + "0".repeat(63)),
            same("varbit(70)", "0010"),
            same("varbit", ""),
            same("hstore", "\"a\"=>NULL, \"b\"=>\"1\", \"a b\"=>\"x\\\"y\", \"long key\"=>\"\""),
            same("ltree", "Top.Science.Astronomy"),
            same("citext", "MiXed"),
            as("point", "(1,2.5)", "(1.0,2.5)"),
            as("point", "(1e+300,-0.1)", "(1.0E300,-0.1)"),
            as("line", "{1,2,3}", "{1.0,2.0,3.0}"),
            as("lseg", "[(1,2),(3,4)]", "[(1.0,2.0),(3.0,4.0)]"),
            as("box", "(3,4),(1,2)", "(3.0,4.0),(1.0,2.0)"),
            as("path", "[(1,2),(3,4)]", "[(1.0,2.0),(3.0,4.0)]"),
            as("path", "((1,2),(3,4))", "((1.0,2.0),(3.0,4.0))"),
            as("polygon", "((0,0),(0,1),(1,1))", "((0.0,0.0),(0.0,1.0),(1.0,1.0))"),
            as("circle", "<(1,2),3>", "<(1.0,2.0),3.0>"),
            same("xml", "<a b=\"1\">é</a>"),
            same("tsvector", "'cat':3 'fat':2A,4B"),
            same("tsquery", "'fat' & 'rat':AB"),
            same("oid", "4294967295"),
            same("name", "a name"),
            same("\"char\"", "x"),
            same("pg_lsn", "16/B374D848"),
            same("pg_snapshot", "10:20:10,14,15"),
            same("jsonpath", "$.\"a\"[*]"),
            same("place", "(\"1, Long Road\",7)"),
            same("place", "(,)"),
            as(
                    "text[]",
                    "{a,NULL,\"with \\\"quotes\\\", and comma\",\"\"}",
                    "[\"a\",null,\"with \\\"quotes\\\", and comma\",\"\"]"),
            as("integer[]", "{}", "[]"),
            as("double precision[]", "{1.5,NaN,-Infinity,1e-05}", "[1.5,\"NaN\",\"-Infinity\",1e-05]"),
            as("integer[] NOT NULL", "{1,NULL,-3}", "[1,NULL,-3]"),
            as("text[] NOT NULL", "{a,NULL,NULLS}", "['a',NULL,'NULLS']"),
            as("bool[] NOT NULL", "{t,f,NULL}", "[true,false,NULL]"),
            as("real[] NOT NULL", "{NaN,1e+20}", "[nan,100000000000000000000]"),
            as("numeric(5,2)[] NOT NULL", "{1.50,NULL}", "[1.5,NULL]"),
            as("uuid[] NOT NULL", "{00112233-4455-6677-8899-aabbccddeeff}", "['00112233-4455-6677-8899-aabbccddeeff']"),
            as("json[] NOT NULL", "{\"{\\\"a\\\": 1}\"}", "['{\"a\": 1}']"),
            same("timestamp[]", "{\"2024-02-29 12:00:00.5\",infinity}"),
            as("numeric(5,2)[]", "{1.50,NULL}", "[\"1.50\",null]"),
            as("boolean[]", "{t,f,NULL}", "[true,false,null]"),
            same("mood[]", "{sad,\"so, so\",NULL}"),
            same("inet[]", "{10.0.0.1,::1}"),
            same("timetz[]", "{12:00:00.5+05:30}"),
            same("time[]", "{12:00:00.000001,NULL}"),
            same("bytea[]", "{\"\\\\x00ff\",NULL}"),
            same("interval[]", "{\"1 day\",NULL}"),
            same("email[]", "{a@b,c@d}"),
            same("place[]", "{\"(x,1)\",\"(y,2)\"}"),
            same("box[]", "{(3,4),(1,2);(1,1),(0,0)}"),
            as("int[]", "{{1,2},{3,4}}", "[[1,2],[3,4]]"));

    private final TestBox box;

    TypesTest(TestBox box) {
        this.box = box;
    }

    @Test
    void everyTypeArrivesTheSameBySnapshotAndByTheLog() {
        Client client = Client.create(box, "types");
        client.database().run(DEFINITIONS);
        client.database().run(table(), insert("snapshot"), nulls("nulls, snapshot"));
        client.apply("samples");
        client.awaitReady();
        client.awaitCondition("SnapshotComplete", "True", "Streaming");
        long nullable = SAMPLES.stream().filter(Sample::nullable).count();

        client.database().run(insert("log"), nulls("nulls, log"));

        await().atMost(Client.PATIENCE).untilAsserted(() -> assertThat(
                        box.clickHouse().ask("SELECT count() FROM " + client.sink("samples") + " FINAL"))
                .as(client::allConditions)
                .isEqualTo("4"));
        assertThat(wrong(client, "snapshot")).isEmpty();
        assertThat(wrong(client, "log")).isEmpty();
        assertThat(nulls(client, "nulls, snapshot")).isEqualTo(nullable);
        assertThat(nulls(client, "nulls, log")).isEqualTo(nullable);
        client.deleteAndAwait();
    }

    /** 9999-12-31 and infinity stand for "without an end" in many a database. */
    @Test
    void whatClickHouseCannotHoldIsWhatTheUserWants() {
        Client client = Client.create(box, "ranges");
        String values =
                "'infinity', '-infinity', '0044-03-15 12:00:00 BC', '9999-12-31 23:59:59+00', 'NaN', '-infinity'";
        client.database()
                .run(
                        "CREATE TABLE terms (id text PRIMARY KEY, ends date, begins date, founded timestamp NOT NULL,"
                                + " until timestamptz, price numeric(9, 2), since date)",
                        "INSERT INTO terms VALUES ('snapshot', " + values + ")");
        client.apply(
                spec -> withColumns(
                        spec,
                        new SourceColumn("ends", OutOfRange.Clamp),
                        new SourceColumn("begins", OutOfRange.Null),
                        new SourceColumn("founded", OutOfRange.Clamp),
                        new SourceColumn("until", OutOfRange.Clamp),
                        new SourceColumn("price", OutOfRange.Null),
                        new SourceColumn("since", OutOfRange.Clamp)),
                "terms");
        client.awaitReady();
        client.awaitCondition("SnapshotComplete", "True", "Streaming");

        client.database().run("INSERT INTO terms VALUES ('log', " + values + ")");

        String expected = "2299-12-31\t\\N\t1900-01-01 00:00:00.000000\t2299-12-31 23:59:59.999999\t\\N\t1900-01-01";
        await().atMost(Client.PATIENCE).untilAsserted(() -> assertThat(box.clickHouse()
                        .lines("SELECT ends, begins, founded, until, price, since FROM " + client.sink("terms")
                                + " FINAL"))
                .as(client::allConditions)
                .containsExactly(expected, expected));
        client.deleteAndAwait();
    }

    private static TenantPipelineSpec withColumns(TenantPipelineSpec spec, SourceColumn... columns) {
        List<SourceTable> tables = spec.source().tables().stream()
                .map(table -> new SourceTable(table.schema(), table.name(), table.target(), List.of(columns)))
                .toList();
        return SpecChange.tables(spec, tables);
    }

    private static String table() {
        return IntStream.range(0, SAMPLES.size())
                .mapToObj(i -> "c" + i + " " + SAMPLES.get(i).declared())
                .collect(Collectors.joining(
                        ", ",
                        "CREATE TABLE samples (id text PRIMARY KEY, number int GENERATED ALWAYS AS IDENTITY,"
                                + " \"stored, ${x}\" int GENERATED ALWAYS AS (number * 2) STORED,"
                                + " virtual int GENERATED ALWAYS AS (number * 2) VIRTUAL, ",
                        ")"));
    }

    private static String insert(String id) {
        return SAMPLES.stream()
                .map(Sample::literal)
                .collect(Collectors.joining(
                        ", ", "INSERT INTO samples VALUES ('" + id + "', DEFAULT, DEFAULT, DEFAULT, ", ")"));
    }

    private static String nulls(String id) {
        return IntStream.range(0, SAMPLES.size())
                        .filter(i -> SAMPLES.get(i).nullable())
                        .mapToObj(i -> ", c" + i)
                        .collect(Collectors.joining("", "INSERT INTO samples (id", ") VALUES ('" + id + "'"))
                + ", NULL"
                        .repeat((int) SAMPLES.stream().filter(Sample::nullable).count()) + ")";
    }

    private List<String> wrong(Client client, String id) {
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < SAMPLES.size(); i++) {
            Sample sample = SAMPLES.get(i);
            String column = sample.type().equals("bytea") ? "hex(c" + i + ")" : "toString(c" + i + ")";
            String shown = box.clickHouse()
                    .ask("SELECT concat('<', " + column + ", '>') FROM " + client.sink("samples")
                            + " FINAL WHERE id = '" + id + "' FORMAT RawBLOB");
            if (!shown.equals("<" + sample.expected() + ">")) {
                wrong.add(sample.type() + ": expected " + sample.expected() + ", ClickHouse has " + shown);
            }
        }
        return wrong;
    }

    private long nulls(Client client, String id) {
        String count = IntStream.range(0, SAMPLES.size())
                .mapToObj(i -> "isNull(c" + i + ")")
                .collect(Collectors.joining(" + "));
        return Integer.parseInt(box.clickHouse()
                .ask("SELECT " + count + " FROM " + client.sink("samples") + " FINAL WHERE id = '" + id + "'"));
    }
}
