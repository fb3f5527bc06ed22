package dev.tributary.operator.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.operator.source.Inspection;
import dev.tributary.operator.source.Reason;
import dev.tributary.operator.source.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows too large for a record of one mebibyte, on a real PostgreSQL. */
@ExtendWith(ClientDatabases.class)
class PostgresRowSizesTest {

    private static final TableId ITEMS = new TableId("public", "items");

    private final ClientDatabase database;

    PostgresRowSizesTest(ClientDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void createTable() throws SQLException {
        database.run(
                "CREATE TABLE items (id int PRIMARY KEY, note text, doc jsonb, tags text[] NOT NULL DEFAULT '{}')");
    }

    /** The values are those that count: JSON of JSON has a backslash before each quote. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a long text | (id, note) VALUES (1, repeat('0123456789', 110000))
                    a text that compresses well | (id, note) VALUES (1, repeat('x', 1100000))
                    a text that is escaped | (id, note) VALUES (1, repeat('"', 600000))
                    json that is escaped | (id, doc) SELECT 1, jsonb_agg('a'::text) FROM generate_series(1, 170000)
                    an array | (id, tags) SELECT 1, array_agg('abcdef'::text) FROM generate_series(1, 150000)
                    """)
    void aRowThatIsTooLargeIsToldOf(String what, String values) throws SQLException {
        database.run("INSERT INTO items (id) SELECT generate_series(2, 100)", "INSERT INTO items " + values);

        Inspection refused = database.inspect(database.admin(), ITEMS);

        assertThat(ClientDatabase.reasons(refused)).as(what).containsExactly(Reason.RecordTooLarge);
        assertThat(ClientDatabase.messages(refused).get(0))
                .contains("public.items", "1048576", "kafka.topics.maxRecordBytes");
        database.run("DELETE FROM items WHERE id = 1");
        assertThat(database.inspect(database.admin(), ITEMS)).isInstanceOf(Inspection.Found.class);
    }

    @Test
    void aRowThatJustFitsIsFine() throws SQLException {
        database.run("INSERT INTO items (id, note) VALUES (1, repeat('x', 1000000))");

        Inspection inspection = database.inspect(database.admin(), ITEMS);

        assertThat(inspection).isInstanceOf(Inspection.Found.class);
    }

    @Test
    void aPartitionsRowsCount() throws SQLException {
        database.run(
                "CREATE TABLE parts (id int PRIMARY KEY, note text) PARTITION BY RANGE (id)",
                "CREATE TABLE part PARTITION OF parts DEFAULT",
                "INSERT INTO parts VALUES (1, repeat('x', 1100000))");

        Inspection refused = database.inspect(database.admin(), new TableId("public", "parts"));

        assertThat(ClientDatabase.reasons(refused)).containsExactly(Reason.RecordTooLarge);
    }

    @Test
    void onceTheCaptureHasBegunRowsAreNotReadAnyMore() throws SQLException {
        new PostgresSource().ensurePublication(database.admin(), database.names(), List.of(ITEMS));
        database.createSlot();
        database.run("INSERT INTO items (id, note) VALUES (1, repeat('x', 1100000))");

        Inspection inspection = database.inspect(database.admin(), ITEMS);

        assertThat(inspection).isInstanceOf(Inspection.Found.class);
    }

    @Test
    void whatCannotBeReadInTimeIsNoted() throws SQLException {
        database.run("INSERT INTO items (id, note) VALUES (1, repeat('x', 1100000))");
        try (Connection writer = database.connect();
                Statement statement = writer.createStatement();
                Connection connection = Database.connect(database.admin())) {
            writer.setAutoCommit(false);
            FoundTable items = new Catalog(connection).tables(List.of(ITEMS)).get(ITEMS);
            RowSizes sizes = new RowSizes(connection, ClientDatabase.MEBIBYTE, Duration.ofMillis(100));
            statement.execute("LOCK TABLE items IN ACCESS EXCLUSIVE MODE");

            sizes.look(List.of(items));

            assertThat(sizes.findings()).isEmpty();
            assertThat(sizes.notes()).singleElement().asString().contains("public.items");
        }
    }
}
