package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.api.v1alpha1.SourceTable;
import dev.tributary.api.v1alpha1.SourceTable.Lossy;
import dev.tributary.api.v1alpha1.SourceTable.OutOfRange;
import dev.tributary.api.v1alpha1.SourceTable.SourceColumn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Columns that have another type in ClickHouse because the user wants it so: read by the snapshot, told by the log, and read
 * back where a change leaves their values out.
 */
@ExtendWith(BoxExtension.class)
class OtherTypesTest {

    /** Types all of whose values ClickHouse can have as PostgreSQL's own text, and some that it could not have otherwise. */
    private static final String[][] TEXTS = {
        {"smallint", "-32768", "32767", "0", "1"},
        {"bigint", "-9223372036854775808", "9223372036854775807", "0", "-1"},
        {"real", "1.17549435e-38", "NaN", "1234567", "-0.1"},
        {"double precision", "5e-324", "-Infinity", "1e23", "123456789012345"},
        {"boolean", "true", "false", "true", "false"},
        {"date", "4713-01-01 BC", "infinity", "1582-10-04", "5874897-12-31"},
        {"date", "0044-03-15 BC", "-infinity", "1582-10-15", "9999-12-31"},
        {"timestamp", "4713-01-01 00:00:00 BC", "infinity", "1582-10-10 12:00:00.5", "294246-12-31 23:59:59.999999"},
        {"timestamp", "0044-03-15 12:00:00 BC", "-infinity", "0001-01-01", "1969-12-31 23:59:59.999999"},
        {"timestamptz", "4713-01-02 00:00:00+00 BC", "infinity", "1582-10-10 12:00:00+05:30", "10000-01-01 00:00:00+00"
        },
        {"timestamptz", "0044-03-15 12:00:00.5+00 BC", "-infinity", "0001-01-02 00:00:00+00", "2024-02-29 12:00:00+02"},
        {"numeric(9,2)", "-9999999.99", "0.00", "12.50", "1"},
        {"numeric", "NaN", "-Infinity", "0.00000000000000000001", "12.500"},
        {"time", "24:00:00", "00:00:00", "12:34:56.5", "23:59:59.999999"},
        {"uuid", "00112233-4455-6677-8899-AABBCCDDEEFF", "00000000-0000-0000-0000-000000000000", null, null},
        {"json", "{\"b\" : 1}", "[]", null, "1"}
    };

    private static final int VALUES = 4;

    private final TestBox box;

    OtherTypesTest(TestBox box) {
        this.box = box;
    }

    private static String texts() {
        return IntStream.range(0, TEXTS.length)
                .mapToObj(i -> ", c" + i + " " + TEXTS[i][0])
                .collect(Collectors.joining("", "CREATE TABLE texts (id integer PRIMARY KEY", ")"));
    }

    private static String insertTexts(int firstId) {
        return IntStream.range(0, VALUES)
                .mapToObj(row -> Arrays.stream(TEXTS)
                        .map(type -> type[row + 1] == null ? ", NULL" : ", '" + type[row + 1] + "'")
                        .collect(Collectors.joining("", "(" + (firstId + row), ")")))
                .collect(Collectors.joining(", ", "INSERT INTO texts VALUES ", ""));
    }

    private static List<SourceColumn> textColumns() {
        List<SourceColumn> columns = new ArrayList<>();
        columns.add(column("id", "String", null, null, null));
        for (int i = 0; i < TEXTS.length; i++) {
            String type = i % 2 == 0 ? "Nullable(String)" : "LowCardinality(Nullable(String))";
            columns.add(column("c" + i, type, null, null, null));
        }
        return columns;
    }

    private static List<String> postgresTexts(Client client) throws SQLException {
        String columns = IntStream.range(0, TEXTS.length)
                .mapToObj(i -> ", coalesce(c" + i + "::text, '\\N')")
                .collect(Collectors.joining());
        List<String> rows = new ArrayList<>();
        try (Connection connection = client.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'UTC'");
            try (ResultSet row = statement.executeQuery(
                    "SELECT concat_ws(E'\\t', id" + columns + ") FROM texts ORDER BY id::text COLLATE \"C\"")) {
                while (row.next()) {
                    rows.add(row.getString(1));
                }
            }
        }
        return rows;
    }

    @Test
    void aColumnHasTheTypeAndTheCodecThatTheUserWants() throws SQLException {
        Client client = Client.create(box, "wishes");
        client.database()
                .run(
                        texts(),
                        insertTexts(0),
                        "CREATE TABLE wishes (id integer PRIMARY KEY, n smallint, kind text, single real, price numeric(9, 2),"
                                + " rate numeric, weight numeric, share numeric(9, 4), doc jsonb, cash money,"
                                + " hour timetz, at timestamptz, list integer[] NOT NULL, note text NOT NULL)",
                        "ALTER TABLE wishes ALTER doc SET STORAGE EXTERNAL, ALTER note SET STORAGE EXTERNAL",
                        insertWishes(1),
                        "INSERT INTO wishes (id, list, note) VALUES (2, '{}', '')");
        apply(client, "Delta");
        String refused = client.awaitCondition("SchemaReady", "False", "ClickHouseFailed");
        assertThat(refused).contains("Codec Delta is not applicable", "codec of column n or note");

        apply(client, "ZSTD(3)");
        client.awaitReady();
        client.awaitCondition("SnapshotComplete", "True", "Streaming");
        client.database()
                .run(
                        insertTexts(VALUES),
                        insertWishes(3),
                        "INSERT INTO wishes (id, list, note) VALUES (4, '{}', '')",
                        insertWishes(5));

        String full =
                "7\tfew\t0.10000000149011612\t12.5\t\\N\t0.1\t1.01\t18446744073709551615\t[1,'x']\t2024-01-01T10:00:00Z\t-1234.5"
                        + "\t06:30:00.5Z\t2024-02-29 21:00:00.000000\t[1,null,3]\t" + "n".repeat(10);
        String empty = "\\N\t".repeat(13) + "[]\t";
        awaitRows(client, List.of("1\t" + full, "2\t" + empty, "3\t" + full, "4\t" + empty, "5\t" + full));

        List<String> texts = postgresTexts(client);
        assertThat(texts).hasSize(2 * VALUES);
        await().atMost(Client.PATIENCE).untilAsserted(() -> assertThat(box.clickHouse()
                        .lines("SELECT * EXCEPT (_version, _deleted, _op, _source_ts, _tenant) FROM "
                                + client.sink("texts") + " FINAL ORDER BY id FORMAT TSVRaw"))
                .as(client::allConditions)
                .isEqualTo(texts));

        // Neither the document nor the note is in these changes.
        client.database()
                .run(
                        "UPDATE wishes SET n = 8 WHERE id IN (1, 3)",
                        "UPDATE wishes SET id = 6 WHERE id = 3",
                        "DELETE FROM wishes WHERE id = 5");

        String changed = full.replaceFirst("7", "8");
        awaitRows(client, List.of("1\t" + changed, "2\t" + empty, "4\t" + empty, "6\t" + changed));
        assertThat(box.clickHouse()
                        .lines("SELECT name, type, compression_codec FROM system.columns WHERE database = '"
                                + client.name() + "' AND table = 'wishes' AND compression_codec != ''"))
                .containsExactly(
                        "n\tNullable(Int64)\tCODEC(Delta(8), LZ4)", "note\tLowCardinality(String)\tCODEC(ZSTD(3))");
        client.deleteAndAwait();
    }

    private void awaitRows(Client client, List<String> expected) {
        await().atMost(Client.PATIENCE).untilAsserted(() -> assertThat(box.clickHouse()
                        .lines(
                                "SELECT id, n, kind, single, price, rate, weight, share, doc.a, doc.b, doc.c, cash, hour,"
                                        + " toString(at), list, substring(note, 1, 10) FROM " + client.sink("wishes")
                                        + " FINAL ORDER BY id FORMAT TSVRaw"))
                .as(client::allConditions)
                .isEqualTo(expected));
    }

    private static void apply(Client client, String codecOfNote) {
        List<SourceColumn> columns = List.of(
                column("id", "Int64", null, null, null),
                column("n", "Nullable(Int64)", null, null, "Delta, LZ4"),
                column("kind", "LowCardinality(Nullable(String))", null, null, null),
                column("single", "Nullable(Float64)", null, null, null),
                column("price", "Nullable(Decimal(38, 9))", null, null, null),
                column("rate", "Nullable(Decimal(20, 2))", null, OutOfRange.Null, null),
                column("weight", "Nullable(Float64)", Lossy.Accept, null, null),
                column("share", "Nullable(Decimal(9, 2))", Lossy.Accept, null, null),
                column("doc", "Nullable(JSON)", Lossy.Accept, OutOfRange.Null, null),
                column("cash", null, Lossy.Accept, null, null),
                column("hour", null, Lossy.Accept, null, null),
                column("at", "Nullable(DateTime64(6, 'Asia/Tokyo'))", null, null, null),
                column("list", "String", null, null, null),
                column("note", "LowCardinality(String)", null, null, codecOfNote));
        client.apply(
                spec -> SpecChange.tables(
                        spec,
                        List.of(
                                new SourceTable("public", "texts", null, textColumns()),
                                new SourceTable("public", "wishes", null, columns))),
                "texts",
                "wishes");
    }

    private static SourceColumn column(
            String name,
            @Nullable String type,
            @Nullable Lossy lossy,
            @Nullable OutOfRange outOfRange,
            @Nullable String codec) {
        return new SourceColumn(name, type, lossy, outOfRange, codec);
    }

    private static String insertWishes(int id) {
        return "INSERT INTO wishes SELECT " + id + ", 7, 'few', 0.1, 12.5, 0.125, 0.1, 1.0050,"
                + " jsonb_build_object('a', 18446744073709551615, 'b', '[1, \"x\"]'::jsonb, 'c', '2024-01-01T10:00:00Z', 'long', repeat('d', 9000)),"
                + " '-$1,234.50', '12:00:00.5+05:30', '2024-02-29 12:00:00+00', '{1,NULL,3}', repeat('n', 9000)";
    }
}
