package dev.tributary.bench.job;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table orders.
 *
 * @param cents the amount, numeric(12, 2)
 * @param micros created_at, microseconds since 1970
 * @param milliWeight the weight, double precision, in thousandths
 * @param days order_date, days since 1970
 */
record Order(
        long id,
        long customer,
        String status,
        int cents,
        long micros,
        @Nullable String note,
        boolean gift,
        int milliWeight,
        int quantity,
        int days) {

    private static final String[] STATUSES = {"NEW", "PAID", "SHIPPED", "DELIVERED", "CANCELLED", "RETURNED"};
    private static final String[] WORDS = {
        "please",
        "leave",
        "at",
        "the",
        "front",
        "door",
        "ring",
        "twice",
        "gift",
        "wrap",
        "fragile",
        "handle",
        "with",
        "care",
        "urgent",
        "call",
        "before",
        "delivery"
    };
    private static final int FIRST_DAY = (int) LocalDate.of(2026, 1, 1).toEpochDay();
    private static final int DAYS = 365;
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    /** The same row for the same arguments; what a change changes depends on the change. */
    static Order of(long id, long change) {
        SplittableRandom lasting = new SplittableRandom(id);
        SplittableRandom changing = new SplittableRandom(id * 0x9E3779B97F4A7C15L ^ change);
        int day = FIRST_DAY + lasting.nextInt(DAYS);
        return new Order(
                id,
                1 + lasting.nextLong(5_000_000),
                STATUSES[changing.nextInt(STATUSES.length)],
                changing.nextInt(10_000_000),
                day * MICROS_PER_DAY + lasting.nextLong(MICROS_PER_DAY),
                note(changing),
                changing.nextBoolean(),
                changing.nextInt(100_000),
                1 + changing.nextInt(50),
                day);
    }

    private static @Nullable String note(SplittableRandom random) {
        int kind = random.nextInt(20);
        if (kind == 0) {
            return null;
        }
        int length = 20 + random.nextInt(20);
        StringBuilder words = new StringBuilder(64);
        while (words.length() < length) {
            words.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        // One in twenty has what JSON must escape, and a letter of two bytes.
        return words.append(kind == 1 ? "\"café\"" : "thanks").toString();
    }

    /** As Debezium writes a row. */
    void appendJson(StringBuilder out) {
        out.append("{\"id\":").append(id);
        out.append(",\"customer_id\":").append(customer);
        out.append(",\"status\":\"").append(status);
        out.append("\",\"amount\":\"").append(cents / 100).append('.');
        out.append((char) ('0' + cents / 10 % 10)).append((char) ('0' + cents % 10));
        out.append("\",\"created_at\":\"").append(Instant.EPOCH.plusNanos(micros * 1000));
        out.append("\",\"note\":");
        if (note == null) {
            out.append("null");
        } else {
            out.append('"').append(note.replace("\"", "\\\"")).append('"');
        }
        out.append(",\"is_gift\":").append(gift);
        out.append(",\"weight\":").append(milliWeight / 1000.0);
        out.append(",\"quantity\":").append(quantity);
        out.append(",\"order_date\":").append(days).append('}');
    }

    /** As Debezium writes a deleted row of a table with the default replica identity: the key, and made-up values. */
    static void appendKeyJson(long id, StringBuilder out) {
        out.append("{\"id\":").append(id);
        out.append(",\"customer_id\":0,\"status\":\"\",\"amount\":\"0.00\",\"created_at\":\"1970-01-01T00:00:00Z\"");
        out.append(",\"note\":null,\"is_gift\":false,\"weight\":0.0,\"quantity\":0,\"order_date\":0}");
    }

    /** The checksum of the row and its position, as {@link OrdersTable} has ClickHouse make it. */
    long checksum(long position) {
        String text = id + "|" + customer + "|" + status + "|" + cents + "|" + micros + "|"
                + (note == null ? "-" : note) + "|" + (gift ? 1 : 0) + "|" + milliWeight + "|" + quantity + "|" + days
                + "|" + position;
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
