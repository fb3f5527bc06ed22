package dev.tributary.bench;

import dev.tributary.scenarios.Postgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A thousand rows a second into a few hot tables, and twenty into many cold ones, one after the other. Ten of the cold ones are
 * watched; their rows have ids from 1 on.
 */
final class SkewedWrites {

    static final int TABLES = 200;
    private static final int HOT = 10;
    /** One cold table in so many is watched. */
    private static final int WATCHED_EACH = 19;

    private static final int ROWS_INTO_HOT = 10;
    /** A cold table's turn comes with each fifth transaction. */
    private static final int COLD_EACH = 5;

    private static final long FIRST_HOT_ID = 1_000_000_000;
    private static final long FIRST_COLD_ID = 2_000_000_000;

    private final List<String> hot;
    private final List<String> cold;

    private SkewedWrites(List<String> hot, List<String> cold) {
        this.hot = hot;
        this.cold = cold;
    }

    /** Into {@link #TABLES} tables. */
    static SkewedWrites intoMany() {
        List<String> cold = IntStream.range(0, TABLES - HOT)
                .mapToObj(turn -> isWatchedTurn(turn) ? "watched_" + turn : "cold_" + turn)
                .toList();
        return new SkewedWrites(
                IntStream.range(0, HOT).mapToObj(i -> "hot_" + i).toList(), cold);
    }

    /** The same rows into one table. */
    static SkewedWrites intoOne() {
        return new SkewedWrites(List.of("events"), List.of("events"));
    }

    String[] tables() {
        return Stream.concat(hot.stream(), cold.stream()).distinct().toArray(String[]::new);
    }

    /** The tables in ClickHouse that have the watched rows, as one to select from. */
    String watched(String database) {
        String pattern = tables().length == 1 ? "^events$" : "^watched_";
        return "merge('" + database + "', '" + pattern + "')";
    }

    /** All of the tables in ClickHouse, and none that the platform keeps beside them, as one to select from. */
    static String all(String database) {
        return "merge('" + database + "', '^(events$|hot_|cold_|watched_)')";
    }

    void createTables(Postgres database) {
        database.run(Stream.of(tables())
                .map(table -> "CREATE TABLE " + table + " (id bigint PRIMARY KEY, note text)")
                .toArray(String[]::new));
    }

    /** How many rows so many transactions write into the watched tables, that is with ids from 1 on. */
    static int watchedRows(int transactions) {
        return (int) IntStream.range(0, transactions)
                .filter(SkewedWrites::isCold)
                .filter(SkewedWrites::isWatched)
                .count();
    }

    /** How many rows so many transactions write in all. */
    static long rows(int transactions) {
        return (long) transactions * ROWS_INTO_HOT
                + IntStream.range(0, transactions).filter(SkewedWrites::isCold).count();
    }

    private static boolean isCold(int transaction) {
        return transaction % COLD_EACH == 0;
    }

    /** Of a transaction in which a cold table has its turn. */
    private static boolean isWatched(int transaction) {
        return isWatchedTurn(turn(transaction));
    }

    private static boolean isWatchedTurn(int turn) {
        return turn % WATCHED_EACH == WATCHED_EACH - 1;
    }

    private static int turn(int transaction) {
        return transaction / COLD_EACH % (TABLES - HOT);
    }

    /** Writes, at the pace of {@link Pacer}, and tells when the watched rows were committed. */
    void run(Postgres database, int transactions, Arrivals watched) {
        try (Connection connection = database.connect()) {
            Map<String, PreparedStatement> inserts = new HashMap<>();
            for (String table : tables()) {
                inserts.put(
                        table,
                        connection.prepareStatement("INSERT INTO " + table
                                + " SELECT n, 'a note of some length' FROM generate_series(?::bigint, ?) n"));
            }
            Pacer pacer = new Pacer();
            int watchedRows = 0;
            for (int i = 0; i < transactions; i++) {
                long firstId = FIRST_HOT_ID + (long) i * ROWS_INTO_HOT;
                insert(inserts, hot.get(i % hot.size()), firstId, firstId + ROWS_INTO_HOT - 1);
                if (isCold(i)) {
                    String table = cold.get(turn(i) % cold.size());
                    if (isWatched(i)) {
                        insert(inserts, table, watchedRows + 1, watchedRows + 1);
                        watched.committed(watchedRows, ++watchedRows);
                    } else {
                        insert(inserts, table, FIRST_COLD_ID + i, FIRST_COLD_ID + i);
                    }
                }
                pacer.await(i + 1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void insert(Map<String, PreparedStatement> inserts, String table, long firstId, long lastId)
            throws SQLException {
        PreparedStatement insert = inserts.get(table);
        insert.setLong(1, firstId);
        insert.setLong(2, lastId);
        insert.execute();
    }
}
