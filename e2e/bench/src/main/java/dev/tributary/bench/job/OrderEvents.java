package dev.tributary.bench.job;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Changes of the table orders, as Debezium's PostgreSQL connector writes them with the settings that the operator gives it: 90 %
 * inserts, 9 % updates, 1 % deletes. The same seed makes the same events.
 */
final class OrderEvents {

    private static final long DELETED = -1;
    private static final int INSERTS_PERCENT = 90;
    private static final int INSERTS_AND_UPDATES_PERCENT = 99;
    /** Half of the updates and deletes are among so many of the latest rows. */
    private static final int LATEST = 5_000;

    private static final long FIRST_MILLIS = 1_795_226_865_000L;

    private final SplittableRandom random;
    private final StringBuilder json = new StringBuilder(1200);

    /** By id, from 1: the last change, and its position. */
    private final long[] changes;

    private final long[] positions;

    private long lastId;
    private long change;
    private long lsn = 24_023_128;
    private long transaction = 900;
    private long id;

    /** @param most how many events will be asked for */
    OrderEvents(long seed, int most) {
        random = new SplittableRandom(seed);
        changes = new long[most + 1];
        positions = new long[most + 1];
    }

    /** The next event: the record's value. */
    byte[] next() {
        change++;
        lsn += 40 + random.nextInt(200);
        if (random.nextInt(4) == 0) {
            transaction++;
        }
        json.setLength(0);
        int percent = random.nextInt(100);
        if (percent < INSERTS_PERCENT || lastId < LATEST) {
            id = ++lastId;
            row('c', change);
        } else {
            id = liveId();
            if (percent < INSERTS_AND_UPDATES_PERCENT) {
                row('u', change);
            } else {
                deletion();
            }
        }
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Of the event made last: the record's key. */
    byte[] key() {
        return ("{\"id\":" + id + "}").getBytes(StandardCharsets.US_ASCII);
    }

    private long liveId() {
        while (true) {
            long candidate = random.nextBoolean() ? lastId - random.nextInt(LATEST) : 1 + random.nextLong(lastId);
            if (changes[Math.toIntExact(candidate)] != DELETED) {
                return candidate;
            }
        }
    }

    private void row(char operation, long content) {
        remember(content);
        json.append("{\"before\":null,\"after\":");
        Order.of(id, content).appendJson(json);
        appendRest(operation);
    }

    private void deletion() {
        remember(DELETED);
        json.append("{\"before\":");
        Order.appendKeyJson(id, json);
        json.append(",\"after\":null");
        appendRest('d');
    }

    private void remember(long content) {
        changes[Math.toIntExact(id)] = content;
        positions[Math.toIntExact(id)] = lsn;
    }

    private void appendRest(char operation) {
        long millis = FIRST_MILLIS + change / 100;
        json.append(",\"source\":{\"version\":\"3.6.3.Final\",\"connector\":\"postgresql\",\"name\":\"acme.shop\"");
        json.append(",\"ts_ms\":").append(millis);
        json.append(",\"snapshot\":\"false\",\"db\":\"shop\",\"sequence\":\"[\\\"");
        json.append(lsn - 56).append("\\\",\\\"").append(lsn).append("\\\"]\"");
        json.append(",\"ts_us\":")
                .append(millis)
                .append("123,\"ts_ns\":")
                .append(millis)
                .append("123000");
        json.append(",\"schema\":\"public\",\"table\":\"orders\",\"txId\":").append(transaction);
        json.append(",\"lsn\":").append(lsn).append(",\"xmin\":null,\"origin\":null,\"origin_lsn\":null}");
        json.append(",\"transaction\":null,\"op\":\"").append(operation);
        json.append("\",\"ts_ms\":").append(millis + 7);
        json.append(",\"ts_us\":").append(millis + 7).append("456");
        json.append(",\"ts_ns\":").append(millis + 7).append("456789}");
    }

    /** What the table must show after the events so far. */
    VisibleState expected() {
        long rows = 0;
        long checksum = 0;
        for (int row = 1; row <= lastId; row++) {
            if (changes[row] != DELETED) {
                rows++;
                checksum += Order.of(row, changes[row]).checksum(positions[row]);
            }
        }
        return new VisibleState(rows, checksum);
    }
}
