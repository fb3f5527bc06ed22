package dev.tributary.bench;

import dev.tributary.scenarios.ClickHouseQueries;
import dev.tributary.scenarios.Postgres;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table of orders at the source: ten columns of the usual types, the same rows each time. */
final class OrdersSource {

    static final String TABLE = "orders";

    private static final int AT_ONCE = 250_000;

    private static final String DEFINITION = """
            CREATE TABLE orders (
              id bigint PRIMARY KEY, customer_id bigint NOT NULL, status text NOT NULL, amount numeric(12,2) NOT NULL,
              created_at timestamptz NOT NULL, note text, is_gift boolean NOT NULL, weight double precision NOT NULL,
              quantity integer NOT NULL, order_date date NOT NULL)""";

    /** Multiplied by a large prime, so that neighbours differ. */
    private static final String ROWS = """
            INSERT INTO orders SELECT n, n * 7919 %% 100003,
              (ARRAY['new', 'paid', 'packed', 'shipped', 'delivered', 'returned'])[1 + n * 31 %% 6],
              (n * 7919 %% 1000000)::numeric / 100,
              '2026-01-01 00:00:00+00'::timestamptz + n * interval '7.919 seconds',
              CASE n %% 3 WHEN 0 THEN NULL ELSE 'please ring twice, entrance ' || n * 7919 %% 997 END,
              n %% 11 = 0, (n * 7919 %% 8000) / 8.0, 1 + n * 31 %% 9, '2026-01-01'::date + (n / 10000)::int
            FROM generate_series(%d::bigint, %d) n""";

    private OrdersSource() {}

    /** Makes the table and fills it. */
    static void fill(Postgres database, int rows) {
        database.run(DEFINITION);
        for (int done = 0; done < rows; done += AT_ONCE) {
            int upTo = Math.min(rows, done + AT_ONCE);
            database.run(ROWS.formatted(done + 1, upTo));
            System.out.printf("%,d of %,d rows are in PostgreSQL%n", upTo, rows);
        }
        database.run("VACUUM ANALYZE orders");
    }

    /** Rows and the sum of a digest of each, over all ten columns. */
    static String state(Postgres database) {
        String text = row(
                "(amount * 100)::bigint",
                "(extract(epoch FROM created_at) * 1000000)::bigint",
                "is_gift::int",
                "order_date::text");
        return database.value(
                "SELECT count(*) || ' ' || sum(('x' || left(md5(" + text + "), 8))::bit(32)::bigint) FROM orders");
    }

    /**
     * The same of the table that has them in ClickHouse, as it shows itself with FINAL.
     *
     * @param table as SQL names it
     */
    static String state(ClickHouseQueries clickHouse, String table) {
        String text = row(
                "toInt64(amount * 100)",
                "toUnixTimestamp64Micro(created_at)",
                "toUInt8(is_gift)",
                "toString(order_date)");
        return clickHouse.ask("SELECT concat(count(), ' ', sum(reinterpretAsUInt32(reverse(substring(MD5(" + text
                + "), 1, 4))))) FROM " + table + " FINAL");
    }

    private static String row(String amount, String createdAt, String isGift, String orderDate) {
        return Stream.of(
                        "id",
                        "customer_id",
                        "status",
                        amount,
                        createdAt,
                        "coalesce(note, '-')",
                        isGift,
                        "weight",
                        "quantity",
                        orderDate)
                .collect(Collectors.joining(", ", "concat_ws('|', ", ")"));
    }
}
