package dev.tributary.job.clickhouse;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ClientFaultCause;
import dev.tributary.job.JobStopped;
import dev.tributary.jobspec.JobSpec;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ClickHouse's HTTP interface: one request at a time, each tried until it is answered or the job has to stop.
 *
 * <p>One thread sends requests; {@link #close} may come from another.
 */
final class Connection implements AutoCloseable {

    /** One try of a request. */
    interface Attempt<T> {
        T run(Client client) throws Exception;
    }

    /**
     * What is tried, for messages.
     *
     * @param what such as "write table acme.orders"
     * @param source the offsets that it is about; empty if it is about none
     * @param hasValues whether the statement has values of rows in it, which no message may repeat
     */
    record Purpose(String what, String source, boolean hasValues) {

        private String where() {
            return source.isEmpty() ? "" : " (offsets " + source + ")";
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    /** A statement with many long keys is larger than ClickHouse's default allows. */
    static final String MOST_SQL_BYTES = "268435456";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final JobSpec spec;
    private final Credentials credentials;
    private final WriterLimits limits;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ScheduledExecutorService guards = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread guard = new Thread(work, "clickhouse-guard");
        guard.setDaemon(true);
        return guard;
    });
    private volatile @Nullable Client client;

    Connection(JobSpec spec, Credentials credentials, WriterLimits limits) {
        this.spec = spec;
        this.credentials = credentials;
        this.limits = limits;
    }

    /**
     * Returns what the first attempt returned that succeeded.
     *
     * @param retried told of each attempt that failed and will be repeated
     * @throws JobStopped when ClickHouse refuses, or was not to be had for too long
     * @throws InterruptedException when this was closed meanwhile
     */
    <T> T persist(Purpose purpose, Runnable retried, Attempt<T> attempt) throws InterruptedException {
        long deadline = System.nanoTime() + limits.patience().toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            Failure failure;
            try {
                return guarded(attempt);
            } catch (Exception e) {
                failure = purpose.hasValues() ? Failure.of(e).withoutLiterals() : Failure.of(e);
                stopIfHopeless(failure, deadline, purpose, e);
            }
            retried.run();
            LOG.warn(
                    "{}/{}: cannot {}, trying again: {}",
                    spec.tenant(),
                    spec.pipeline(),
                    purpose.what(),
                    failure.text());
            if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new InterruptedException("closed");
            }
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        }
    }

    private void stopIfHopeless(Failure failure, long deadline, Purpose purpose, Exception cause)
            throws InterruptedException {
        if (closed.getCount() == 0) {
            throw new InterruptedException("closed");
        }
        if (!failure.retriable() || System.nanoTime() > deadline) {
            String waited = failure.retriable() ? " for " + limits.patience().toSeconds() + " s" : "";
            throw new JobStopped(
                    failure.reason(),
                    "cannot " + purpose.what() + waited + purpose.where() + ": " + failure.text(),
                    cause);
        }
    }

    /**
     * A time-out for reading does not end a write that a frozen server no longer takes in, and neither does an interrupt:
     * only closing the socket does, so a guard closes the client when the attempt's time is up.
     */
    private <T> T guarded(Attempt<T> attempt) throws Exception {
        Client used = client();
        Future<?> guard = guards.schedule(() -> giveUp(used), limits.attempt().toMillis(), TimeUnit.MILLISECONDS);
        try {
            return attempt.run(used);
        } finally {
            guard.cancel(false);
        }
    }

    private void giveUp(Client used) {
        client = null;
        used.close();
    }

    /** Makes the client, which takes a while the first time; connects only with the first insert. */
    void prepare() {
        client();
    }

    private Client client() {
        Client open = client;
        if (open == null) {
            open = newClient();
            client = open;
        }
        return open;
    }

    private Client newClient() {
        return new Client.Builder()
                .addEndpoint(spec.clickhouse().url())
                .setUsername(credentials.user())
                .setPassword(credentials.password())
                .setClientName("tributary")
                .setMaxConnections(1)
                .setConnectTimeout(CONNECT_TIMEOUT.toMillis())
                .setConnectionRequestTimeout(CONNECT_TIMEOUT.toMillis(), ChronoUnit.MILLIS)
                .setSocketTimeout(limits.attempt().toMillis())
                .compressClientRequest(false)
                .compressServerResponse(false)
                .retryOnFailures(ClientFaultCause.None)
                .setMaxRetries(0)
                // Answered once the rows are there; 26.x would otherwise answer before.
                .serverSetting("async_insert", "0")
                // The batch is compacted already.
                .serverSetting("optimize_on_insert", "0")
                // Both default to yes: a target column changed by somebody would quietly take an Int64 cut to 32 bits,
                // or a default in the place of a NULL.
                .serverSetting("input_format_native_allow_types_conversion", "0")
                .serverSetting("input_format_null_as_default", "0")
                .build();
    }

    @Override
    public void close() {
        closed.countDown();
        guards.shutdownNow();
        Client open = client;
        if (open != null) {
            open.close();
        }
    }
}
