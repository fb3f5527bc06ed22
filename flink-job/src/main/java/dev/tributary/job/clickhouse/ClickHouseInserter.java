package dev.tributary.job.clickhouse;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ClientFaultCause;
import com.clickhouse.client.api.DataStreamWriter;
import com.clickhouse.client.api.insert.InsertResponse;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.data.ClickHouseFormat;
import dev.tributary.job.JobStopped;
import dev.tributary.job.change.Batch;
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
 * Inserts batches over ClickHouse's HTTP interface, one at a time, each until it is in or the job has to stop. A batch
 * inserted twice because its answer was lost is recognised by its token where the table keeps tokens
 * ({@code non_replicated_deduplication_window}, or a replicated table), and harmless where not.
 *
 * <p>One thread inserts; {@link #close} may come from another.
 */
final class ClickHouseInserter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClickHouseInserter.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final JobSpec spec;
    private final Credentials credentials;
    private final WriterLimits limits;
    private final String specHash;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ScheduledExecutorService guards = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread guard = new Thread(work, "clickhouse-guard");
        guard.setDaemon(true);
        return guard;
    });
    private volatile @Nullable Client client;

    ClickHouseInserter(JobSpec spec, String specHash, Credentials credentials, WriterLimits limits) {
        this.spec = spec;
        this.credentials = credentials;
        this.limits = limits;
        this.specHash = specHash;
    }

    /**
     * Returns when the rows are in ClickHouse.
     *
     * @param metrics told of each attempt that failed and will be repeated, and of the one that succeeded
     * @throws JobStopped when ClickHouse refuses them, or was not to be had for too long
     * @throws InterruptedException when this was closed meanwhile
     */
    void insert(Batch batch, TableMetrics metrics) throws InterruptedException {
        Batch.Digest digest = batch.digest();
        String token = token(batch, digest);
        long start = System.nanoTime();
        long deadline = start + limits.patience().toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            Failure failure;
            try {
                attempt(batch, token);
                metrics.inserted(batch, digest.bytes(), Duration.ofNanos(System.nanoTime() - start));
                return;
            } catch (Exception e) {
                failure = Failure.of(e);
                stopIfHopeless(failure, deadline, batch, e);
            }
            metrics.retried();
            LOG.warn("{}: insert into {} failed, trying again: {}", tenant(), target(batch), failure.text());
            if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new InterruptedException("closed");
            }
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        }
    }

    private void stopIfHopeless(Failure failure, long deadline, Batch batch, Exception cause)
            throws InterruptedException {
        if (closed.getCount() == 0) {
            throw new InterruptedException("closed");
        }
        if (!failure.retriable() || System.nanoTime() > deadline) {
            String waited = failure.retriable() ? " for " + limits.patience().toSeconds() + " s" : "";
            throw new JobStopped(
                    failure.reason(),
                    "cannot write table " + target(batch) + waited + " (offsets " + batch.offsets() + " of "
                            + batch.layout().table().topic() + "): " + failure.text(),
                    cause);
        }
    }

    /**
     * A time-out for reading does not end a write that a frozen server no longer takes in, and neither does an interrupt:
     * only closing the socket does, so a guard closes the client when the attempt's time is up.
     */
    private void attempt(Batch batch, String token) throws Exception {
        Client used = client();
        Future<?> guard = guards.schedule(() -> giveUp(used), limits.attempt().toMillis(), TimeUnit.MILLISECONDS);
        try {
            send(used, batch, token);
        } finally {
            guard.cancel(false);
        }
    }

    private void giveUp(Client used) {
        client = null;
        used.close();
    }

    private void send(Client used, Batch batch, String token) throws Exception {
        DataStreamWriter body = batch::writeTo;
        InsertSettings settings = new InsertSettings().setDeduplicationToken(token);
        try (InsertResponse response = used.insert(
                        new Identifier(spec.clickhouse().database()).sql()
                                + "."
                                + new Identifier(batch.layout().table().target()).sql(),
                        batch.layout().columnNames().stream()
                                .map(name -> new Identifier(name).sql())
                                .toList(),
                        body,
                        ClickHouseFormat.Native,
                        settings)
                .get()) {
            LOG.debug("{}: {} rows into {}", tenant(), response.getWrittenRows(), target(batch));
        }
    }

    private String token(Batch batch, Batch.Digest digest) {
        return String.join(
                "|",
                batch.layout().table().target(),
                Integer.toString(spec.epoch()),
                specHash,
                batch.offsets(),
                Long.toHexString(digest.checksum()),
                Long.toString(digest.bytes()));
    }

    private String tenant() {
        return spec.tenant() + "/" + spec.pipeline();
    }

    private String target(Batch batch) {
        return spec.clickhouse().database() + "." + batch.layout().table().target();
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
