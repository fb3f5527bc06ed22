package dev.tributary.bench;

import dev.tributary.scenarios.ClickHouseQueries;
import dev.tributary.scenarios.Client;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToLongFunction;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Rows with ids that follow each other: when each was committed at the source, and when an answer of ClickHouse first had it. */
final class Arrivals {

    private static final Pattern NOT_A_DIGIT = Pattern.compile("\\D");

    private final double millisAtZero = System.currentTimeMillis() - System.nanoTime() / 1e6;
    private final long firstId;
    private final long[] committed;
    private final long[] seen;

    Arrivals(long firstId, int rows) {
        this.firstId = firstId;
        this.committed = new long[rows];
        this.seen = new long[rows];
    }

    /** The source has just confirmed these rows, counted from 0. */
    void committed(int from, int to) {
        Arrays.fill(committed, from, to, System.nanoTime());
    }

    /**
     * Asks for the rows until all are there. Partitions overtake each other, so every row counts by itself.
     *
     * @param table what to select from
     * @param pause between an answer and the next question, so that asking does not take the machine
     * @param writing ends once all rows are committed
     * @throws IllegalStateException when a row is missing for long after that
     */
    void await(ClickHouseQueries clickHouse, String table, Duration pause, CompletableFuture<?> writing)
            throws InterruptedException {
        int lowestMissing = 0;
        long deadline = Long.MAX_VALUE;
        while (lowestMissing < seen.length) {
            List<String> ids = clickHouse.lines("SELECT id FROM " + table + " WHERE id BETWEEN "
                    + (firstId + lowestMissing) + " AND " + (firstId + seen.length - 1) + " SETTINGS max_threads = 1");
            long now = System.nanoTime();
            for (String id : ids) {
                int row = Math.toIntExact(Long.parseLong(id) - firstId);
                if (seen[row] == 0) {
                    seen[row] = now;
                }
            }
            while (lowestMissing < seen.length && seen[lowestMissing] != 0) {
                lowestMissing++;
            }
            if (writing.isCompletedExceptionally()) {
                writing.join();
            }
            if (writing.isDone() && deadline == Long.MAX_VALUE) {
                deadline = now + Client.PATIENCE.toNanos();
            }
            if (now > deadline) {
                throw new IllegalStateException("row " + (firstId + lowestMissing) + " did not arrive");
            }
            new CountDownLatch(1).await(pause.toNanos(), TimeUnit.NANOSECONDS);
        }
        writing.join();
    }

    /**
     * How long the rows took until they were in an answer.
     *
     * @param skipped so many of the first do not count
     */
    Lags queryable(int skipped) {
        return queryable(skipped, seen.length);
    }

    /** The same of the rows from this one to before that one. */
    Lags queryable(int from, int to) {
        return lags(from, to, row -> seen[row]);
    }

    /**
     * How long they took until Debezium handed them to Kafka's producer.
     *
     * @param skipped so many of the first do not count
     * @param topic all records of the topic, with the id as the key
     */
    Lags captured(int skipped, List<ConsumerRecord<String, String>> topic) {
        long[] sent = new long[seen.length];
        for (ConsumerRecord<String, String> change : topic) {
            long row = Long.parseLong(NOT_A_DIGIT.matcher(change.key()).replaceAll("")) - firstId;
            if (row >= 0 && row < sent.length) {
                sent[(int) row] = (long) ((change.timestamp() - millisAtZero) * 1e6);
            }
        }
        return lags(skipped, sent.length, row -> sent[row]);
    }

    private Lags lags(int from, int to, IntToLongFunction until) {
        double[] millis = new double[to - from];
        for (int i = 0; i < millis.length; i++) {
            // Between the commit and its answer a row may have arrived already.
            millis[i] = Math.max(0, until.applyAsLong(from + i) - committed[from + i]) / 1e6;
        }
        return new Lags(millis);
    }
}
