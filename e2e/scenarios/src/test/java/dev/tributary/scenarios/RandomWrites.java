package dev.tributary.scenarios;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.postgresql.PGConnection;

/**
 * Random transactions of two connections on four tables, by one seeded generator. They are the same for the same seed, and
 * the column v of each row that they change is higher than all before it. The two never touch the same rows, so that none
 * waits for the other's lock; their transactions overlap.
 */
final class RandomWrites implements AutoCloseable {

    /** How many keys a table may have. */
    private static final int KEYS = 60;

    /** Ends of transactions of which one is no commit. */
    private static final int ROLLBACKS = 12;

    /**
     * @param key the columns of its primary key
     * @param keyOf what they are in the n-th row, as SQL
     * @param columns the others, but for v and note; PostgreSQL keeps their values apart from the row (TOAST)
     * @param large values of them that have the text %1$s in them, as SQL
     */
    record Table(String name, String ddl, String key, IntFunction<String> keyOf, String columns, String large) {

        String[] keys() {
            return key.split(", ");
        }

        private String is(int n) {
            return "(" + key + ") = (" + keyOf.apply(n) + ")";
        }
    }

    static final List<Table> TABLES = List.of(
            new Table(
                    "items",
                    "CREATE TABLE items (id bigint PRIMARY KEY, v bigint NOT NULL, note text, body text, tags text[] NOT NULL)",
                    "id",
                    n -> Integer.toString(n),
                    "body, tags",
                    "repeat('%1$s é', 500), array_fill('%1$s'::text, ARRAY[600])"),
            new Table(
                    "pairs",
                    "CREATE TABLE pairs (a text, b integer, v bigint NOT NULL, note text, body bytea, PRIMARY KEY (a, b))",
                    "a, b",
                    n -> "'p" + n % 5 + "', " + n,
                    "body",
                    "convert_to(repeat('%1$s', 900), 'UTF8')"),
            new Table(
                    "words",
                    "CREATE TABLE words (word text PRIMARY KEY, v bigint NOT NULL, note text, body jsonb)",
                    "word",
                    n -> List.of("''", "' '", "'\t\\" + n + "'", "'it''s \"" + n + "\"'", "'恵 🚚 " + n + " '")
                            .get(n < 2 ? n : 2 + n % 3),
                    "body",
                    "jsonb_build_object('k', repeat('%1$s', 900))"),
            new Table(
                    "tokens",
                    "CREATE TABLE tokens (token uuid PRIMARY KEY, v bigint NOT NULL, note text, body text)",
                    "token",
                    n -> "md5('" + n + "')::uuid",
                    "body",
                    "repeat('%1$s', 900)"));

    private final Random random;
    private final Connection[] connections;
    private final boolean[] open = new boolean[2];
    private long v;

    private RandomWrites(Random random, Connection... connections) {
        this.random = random;
        this.connections = connections;
    }

    /** Makes the tables, each with some rows. */
    static RandomWrites start(Postgres database, Random random) {
        for (Table table : TABLES) {
            database.run(table.ddl());
            for (String column : table.columns().split(", ")) {
                // Never compressed, so that each value is large enough to be kept apart.
                database.run("ALTER TABLE " + table.name() + " ALTER " + column + " SET STORAGE EXTERNAL");
            }
        }
        try {
            RandomWrites writes = new RandomWrites(random, database.connect(), database.connect());
            for (Connection connection : writes.connections) {
                connection.setAutoCommit(false);
            }
            writes.run(100);
            return writes;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Begins this many transactions, and ends all that are open. */
    void run(int transactions) {
        try {
            for (int i = 0; i < transactions; i++) {
                int one = random.nextInt(4) == 0 ? 1 : 0;
                change(one);
                open[one] = true;
                // The second's stay open across some of the first's.
                if (one == 0 || random.nextBoolean()) {
                    end(one);
                }
            }
            end(1);
        } catch (SQLException | IOException e) {
            throw failed(e);
        }
    }

    private void end(int one) throws SQLException {
        if (open[one] && random.nextInt(ROLLBACKS) == 0) {
            connections[one].rollback();
        } else {
            connections[one].commit();
        }
        open[one] = false;
    }

    private void change(int one) throws SQLException, IOException {
        try (Statement statement = connections[one].createStatement()) {
            int changes = random.nextInt(5) == 0 ? 1 + random.nextInt(40) : 1 + random.nextInt(3);
            for (int i = 0; i < changes; i++) {
                if (random.nextInt(25) == 0) {
                    copy(one);
                } else {
                    statement.execute(change(TABLES.get(random.nextInt(TABLES.size())), n(one), n(one)));
                }
            }
        }
    }

    /** The number of a row that this connection may change. */
    private int n(int one) {
        return 2 * random.nextInt(KEYS / 2) + one;
    }

    private String change(Table table, int n, int other) {
        return switch (random.nextInt(10)) {
            case 0 -> delete(table, n);
            case 1 -> delete(table, n) + "; " + insert(table, n);
            case 2 -> insert(table, n) + "; " + update(table, n) + "; " + delete(table, n);
            case 3 -> changeKey(table, n, other);
            case 4 -> changeKey(table, n, other) + "; " + update(table, other) + "; " + changeKey(table, other, n);
            case 5 -> "SAVEPOINT s; " + update(table, n) + "; ROLLBACK TO s; " + update(table, other);
            case 6 ->
                "UPDATE " + table.name() + " SET (v, " + table.columns() + ") = ROW(" + ++v + ", " + large(table)
                        + ") WHERE " + table.is(n);
            case 7 -> update(table, n);
            default -> insert(table, n);
        };
    }

    /** Without a large value that the row has already. */
    private String update(Table table, int n) {
        return "UPDATE " + table.name() + " SET (v, note) = ROW(" + ++v + ", 'u" + v + "') WHERE " + table.is(n);
    }

    private String insert(Table table, int n) {
        return "INSERT INTO " + table.name() + " (" + table.key() + ", v, note, " + table.columns() + ") VALUES ("
                + table.keyOf().apply(n) + ", " + ++v + ", NULL, " + large(table) + ") ON CONFLICT (" + table.key()
                + ") DO UPDATE SET v = excluded.v";
    }

    private String delete(Table table, int n) {
        return "DELETE FROM " + table.name() + " WHERE " + table.is(n);
    }

    private String changeKey(Table table, int from, int to) {
        return "UPDATE " + table.name() + " SET (" + table.key() + ", v) = ROW("
                + table.keyOf().apply(to) + ", " + ++v + ") WHERE " + table.is(from) + " AND NOT EXISTS (SELECT FROM "
                + table.name() + " WHERE " + table.is(to) + ")";
    }

    private String large(Table table) {
        return table.large().formatted("v" + ++v);
    }

    /** All rows share one position in the log. */
    private void copy(int one) throws SQLException, IOException {
        StringBuilder rows = new StringBuilder();
        try (Statement statement = connections[one].createStatement()) {
            for (int n = one; n < KEYS; n += 6) {
                statement.execute("DELETE FROM items WHERE id = " + n);
                rows.append(n).append('\t').append(++v).append("\tcopied\t\\N\t{}\n");
            }
        }
        connections[one]
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY items FROM STDIN", new StringReader(rows.toString()));
    }

    @Override
    public void close() {
        try {
            for (Connection connection : connections) {
                connection.close();
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static AssertionError failed(Exception e) {
        return new AssertionError("PostgreSQL: " + e.getMessage(), e);
    }
}
