package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Changes at the source show at the sink, and the current state equals the source. */
@ExtendWith(BoxExtension.class)
class ChangesTest {

    private static final String EVERY_TYPE = """
            CREATE TABLE things (
                id bigint PRIMARY KEY, small smallint, whole integer NOT NULL, big bigint,
                amount numeric(12, 2), wide numeric(60, 20), any_number numeric, real_number real, double_number double precision,
                title text NOT NULL, code varchar(12), fixed char(4), flag boolean, wild jsonb, tame json,
                at_local timestamp, at_zone timestamptz, day date, token uuid,
                tags text[] NOT NULL DEFAULT '{}', numbers integer[] NOT NULL DEFAULT '{}', maybe bigint[])
            """;

    private final TestBox box;

    ChangesTest(TestBox box) {
        this.box = box;
    }

    @Test
    @Tag("long")
    void tenThousandRandomChanges() {
        Client client = Client.create(box, "changes");
        client.database()
                .run(
                        EVERY_TYPE,
                        "CREATE TABLE pairs (a text, b integer, note text, PRIMARY KEY (a, b))",
                        "INSERT INTO pairs SELECT 'p' || n % 50, n, 'first' FROM generate_series(1, 500) n");
        insertThings(client, 1, 300);
        client.apply("things", "pairs");
        client.awaitReady();

        randomChanges(client, 10_000);

        client.awaitEqual("things", "id");
        client.awaitEqual("pairs", "a", "b");
        client.deleteAndAwait();
    }

    /** Debezium would only stream it: the rows it has would be missing. */
    @Test
    @Tag("long")
    void aTableThatIsAddedArrivesWithTheRowsItHas() {
        Client client = Client.create(box, "more");
        client.database()
                .run(
                        "CREATE TABLE one (id int PRIMARY KEY)",
                        "INSERT INTO one VALUES (1)",
                        "CREATE TABLE two (id int PRIMARY KEY)",
                        "INSERT INTO two VALUES (1), (2)");
        client.apply("one");
        client.awaitReady();
        client.awaitCondition("SnapshotComplete", "True", "Streaming");

        client.apply("one", "two");

        client.awaitReady();
        assertThat(client.differences("two", "id")).isEmpty();
        assertThat(client.pipeline().getStatus().effective().epoch()).isEqualTo(2);
        client.deleteAndAwait();
    }

    /** Records of a table that left the spec are still in Kafka, and in the slot, when the job no longer knows it. */
    @Test
    @Tag("long")
    void aTableThatIsRemovedUnderTrafficLeavesTheOthersAlone() {
        Client client = Client.create(box, "less");
        client.database().run(SteadyWrites.TABLE, "CREATE TABLE other (id int PRIMARY KEY, note text)");
        try (SteadyWrites writes = SteadyWrites.start(client.database())) {
            client.apply("counters", "other");
            client.awaitReady();
            client.awaitCondition("SnapshotComplete", "True", "Streaming");
            client.database().run("INSERT INTO other SELECT n, 'first' FROM generate_series(1, 5000) n");

            client.apply("counters");

            client.database().run("UPDATE other SET note = 'second'");
            client.awaitReady();
            writes.awaitMore(1000);
        }
        client.awaitEqual("counters", "id");
        client.awaitCondition("DataLoss", "False", "NoLossKnown");
        assertThat(client.pipeline().getStatus().effective().epoch()).isEqualTo(1);
        client.apply("counters", "other");
        client.awaitCondition("Ready", "False", "Resnapshotting");
        client.awaitReady();
        assertThat(client.differences("other", "id")).isEmpty();
        assertThat(client.differences("counters", "id")).isEmpty();
        client.deleteAndAwait();
    }

    private static void insertThings(Client client, int from, int to) {
        client.database()
                .run(
                        "INSERT INTO things SELECT n, n % 30000, -n, n * 1000000007::bigint, n * 1.25, n / 7.0::numeric(60, 20),"
                                + " n / 3.0, n * 0.1, n / 9.0::double precision, 'Thing ' || n || ' \"q\" \\ é 恵 🚚', 'c' || n, 'f',"
                                + " n % 2 = 0, jsonb_build_object('n', n, 'text', E'line\\nbreak'), '{\"k\" : [1, null]}',"
                                + " timestamp '1999-12-31 23:59:59.999999' + n * interval '1 hour 1 microsecond',"
                                + " timestamptz '2024-02-29 12:00:00.000001+05:30' + n * interval '1 day', date '1970-01-01' + n,"
                                + " md5(n::text)::uuid, ARRAY['a' || n, NULL, 'with \"quotes\", and comma'], ARRAY[n, -n, NULL],"
                                + " CASE WHEN n % 3 = 0 THEN NULL WHEN n % 3 = 1 THEN ARRAY[]::bigint[] ELSE ARRAY[n::bigint] END"
                                + " FROM generate_series(" + from + ", " + to + ") n");
    }

    /** Single changes and transactions of several, by one seeded generator. */
    private static void randomChanges(Client client, int count) {
        Random random = new Random(20261121);
        int nextId = 1000;
        try (Connection connection = client.database().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int done = 0; done < count; ) {
                int inTransaction = random.nextInt(4) == 0 ? 1 + random.nextInt(60) : 1;
                for (int i = 0; i < inTransaction && done < count; i++, done++) {
                    statement.execute(change(random, nextId++));
                }
                if (random.nextInt(20) == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                }
            }
            connection.commit();
        } catch (SQLException e) {
            throw new AssertionError("PostgreSQL: " + e.getMessage(), e);
        }
    }

    private static String change(Random random, int nextId) {
        int id = 1 + random.nextInt(400);
        int pair = 1 + random.nextInt(500);
        return switch (random.nextInt(12)) {
            case 0 -> "DELETE FROM things WHERE id = " + id;
            case 1 -> "INSERT INTO things (id, whole, title) VALUES (" + nextId + ", " + id + ", 'late')";
            case 2 ->
                "INSERT INTO things (id, whole, title) VALUES (" + id
                        + ", 0, 'back') ON CONFLICT (id) DO UPDATE SET whole = 0";
            case 3 -> "UPDATE things SET amount = NULL, maybe = NULL, wild = NULL WHERE id = " + id;
            case 4 -> "UPDATE things SET id = " + nextId + " WHERE id = " + id;
            case 5 ->
                "UPDATE things SET at_zone = '2026-01-01 00:00:00." + random.nextInt(999999) + "+00' WHERE id = " + id;
            case 6 ->
                "UPDATE things SET double_number = " + random.nextGaussian() + ", real_number = 'NaN' WHERE id = " + id;
            case 7 -> "UPDATE pairs SET note = 'n" + random.nextInt() + "' WHERE b = " + pair;
            case 8 -> "DELETE FROM pairs WHERE b = " + pair;
            case 9 -> "UPDATE pairs SET b = " + nextId + " WHERE b = " + pair;
            case 10 ->
                "INSERT INTO pairs VALUES ('x', " + pair
                        + ", '') ON CONFLICT (a, b) DO UPDATE SET note = pairs.note || '+'";
            default -> "UPDATE things SET whole = whole + 1, title = 'T" + random.nextInt() + "' WHERE id = " + id;
        };
    }
}
