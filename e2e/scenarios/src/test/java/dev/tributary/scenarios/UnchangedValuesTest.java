package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Values that PostgreSQL keeps apart from their row (TOAST) and leaves out of a change that does not touch them, under the
 * default replica identity: the target has them all the same.
 */
@ExtendWith(BoxExtension.class)
class UnchangedValuesTest {

    /** EXTERNAL is never compressed, so that each value is large enough to be kept apart. */
    private static final String[] TABLES = {
        "CREATE TABLE notes (id bigint PRIMARY KEY, n integer NOT NULL, body text, wild jsonb, raw bytea, number numeric,"
                + " exact numeric(76, 10), tags text[] NOT NULL, maybe text[], counts integer[] NOT NULL, small text)",
        "ALTER TABLE notes ALTER body SET STORAGE EXTERNAL, ALTER wild SET STORAGE EXTERNAL,"
                + " ALTER raw SET STORAGE EXTERNAL, ALTER tags SET STORAGE EXTERNAL, ALTER maybe SET STORAGE EXTERNAL,"
                + " ALTER number SET STORAGE EXTERNAL, ALTER counts SET STORAGE EXTERNAL",
        "CREATE TABLE keyed (a text, b integer, u uuid, d date, t timestamptz, l timestamp, x numeric(20, 3), f boolean,"
                + " n integer, body text, PRIMARY KEY (a, b, u, d, t, l, x, f))",
        "ALTER TABLE keyed ALTER body SET STORAGE EXTERNAL"
    };

    private final TestBox box;

    UnchangedValuesTest(TestBox box) {
        this.box = box;
    }

    @Test
    @Tag("long")
    void valuesThatWereNotChangedStay() {
        Client client = onboarded(50);

        client.database().run("UPDATE notes SET n = n + 1", "UPDATE keyed SET n = n + 1");

        client.awaitEqual("notes", "id");
        client.awaitEqual("keyed", "a", "b");
        client.database()
                .run(
                        "UPDATE notes SET n = n + 1 WHERE id <= 10; UPDATE notes SET n = n + 1, small = 's' WHERE id <= 5",
                        "UPDATE notes SET body = repeat('new', 2000) WHERE id = 3; UPDATE notes SET n = 0 WHERE id = 3",
                        "BEGIN; DELETE FROM notes WHERE id = 7; " + note(7, "again")
                                + "; UPDATE notes SET n = 70 WHERE id = 7; COMMIT",
                        "UPDATE notes SET id = id + 1000 WHERE id BETWEEN 20 AND 30",
                        "UPDATE notes SET id = id + 1000 WHERE id BETWEEN 1020 AND 1025",
                        "UPDATE notes SET n = -1 WHERE id BETWEEN 2020 AND 2022",
                        "UPDATE keyed SET a = a || E'\\n\"quoted\" \\\\ \\'', n = -1 WHERE b BETWEEN 10 AND 20");
        client.awaitEqual("notes", "id");
        client.awaitEqual("keyed", "a", "b");
        // Else the source sent all values, and nothing was shown.
        assertThat(box.kafka().records(client.name() + ".main.public.notes"))
                .extracting(ConsumerRecord::value)
                .anySatisfy(value -> assertThat(value)
                        .contains(
                                "\"body\":\"__unavailable_",
                                "\"wild\":\"__unavailable_",
                                "\"raw\":\"X191bmF2YWlsYWJsZ",
                                "\"number\":\"__unavailable_",
                                "\"tags\":\"__unavailable_",
                                "\"maybe\":\"__unavailable_",
                                "\"counts\":\"__unavailable_"));
        assertThat(box.clickHouse()
                        .ask("SELECT count() FROM " + client.sink("notes")
                                + " WHERE position(body, '__unavailable_') > 0 OR position(raw, '__unavailable_') > 0"))
                .isEqualTo("0");
        client.deleteAndAwait();
    }

    /** The TaskManager dies again and again; what it had written comes again, in other batches. */
    @Test
    @Tag("long")
    void valuesThatWereNotChangedStayThroughKills() throws SQLException {
        Client client = onboarded(300);
        String taskManager =
                "flink/" + client.pipeline().getStatus().effective().flinkDeployment() + "/taskmanager";
        Random random = new Random(6);
        try (Connection connection = client.database().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int kill = 0; kill < 5; kill++) {
                for (int change = 0; change < 600; change++) {
                    statement.execute(change(random, 1 + random.nextInt(300)));
                    if (random.nextInt(5) == 0) {
                        connection.commit();
                    }
                }
                connection.commit();
                box.kill(taskManager);
                box.awaitHealthy(taskManager);
            }
        }
        client.awaitEqual("notes", "id");
        client.deleteAndAwait();
    }

    private static String change(Random random, int id) {
        int other = 1 + random.nextInt(300);
        return switch (random.nextInt(8)) {
            case 0 -> "UPDATE notes SET body = repeat('" + random.nextInt() + "', 500) WHERE id = " + id;
            case 1 ->
                "UPDATE notes SET tags = array_fill('" + random.nextInt() + "'::text, ARRAY[400]) WHERE id = " + id;
            case 2 -> "DELETE FROM notes WHERE id = " + id;
            case 3 -> note(id, "back") + " ON CONFLICT (id) DO UPDATE SET n = notes.n + 1";
            case 4 ->
                "UPDATE notes SET id = " + other + " WHERE id = " + id
                        + " AND NOT EXISTS (SELECT FROM notes WHERE id = " + other + ")";
            case 5 -> "UPDATE notes SET id = (SELECT max(id) + 1 FROM notes) WHERE id = " + id;
            default -> "UPDATE notes SET n = n + 1 WHERE id = " + id;
        };
    }

    private static String note(int id, String word) {
        return "INSERT INTO notes SELECT " + id + ", 0, repeat('" + word
                + " é \"', 1000), jsonb_build_object('k', repeat('"
                + word + "', 2000)), decode(repeat('00ff', 3000), 'hex'), repeat('1234567890', 1000)::numeric,"
                + " repeat('9', 60)::numeric / 7, array_fill('" + word
                + ", \"x\"'::text, ARRAY[400]) || ARRAY[NULL], array_fill('" + word
                + "'::text, ARRAY[800]), array_fill(7, ARRAY[2000]), NULL";
    }

    private Client onboarded(int rows) {
        Client client = Client.create(box, "toast");
        client.database().run(TABLES);
        client.database()
                .run(IntStream.rangeClosed(1, rows)
                        .mapToObj(id -> note(id, "note " + id))
                        .toArray(String[]::new));
        client.database()
                .run("INSERT INTO keyed SELECT 'k''\\\\' || n, n, md5(n::text)::uuid, date '1960-01-01' + n,"
                        + " timestamptz '1969-12-31 23:59:50.000001+00' + n * interval '1 second', timestamp '2024-02-29' +"
                        + " n * interval '1 hour', n - 10.125, n % 2 = 0, 0, repeat('text ' || n, 2000)"
                        + " FROM generate_series(1, 30) n");
        client.apply("notes", "keyed");
        client.awaitReady();
        client.awaitCondition("SnapshotComplete", "True", "Streaming");
        return client;
    }
}
