package dev.tributary.job.clickhouse;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.DataStreamWriter;
import com.clickhouse.client.api.insert.InsertResponse;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.client.api.query.QueryResponse;
import com.clickhouse.client.api.query.QuerySettings;
import com.clickhouse.data.ClickHouseFormat;
import dev.tributary.job.JobStopped;
import dev.tributary.job.change.Batch;
import dev.tributary.job.change.Filling;
import dev.tributary.job.change.StoredRows;
import dev.tributary.jobspec.JobSpec;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Inserts batches over ClickHouse's HTTP interface, one at a time, each until it is in or the job has to stop. A batch
 * inserted twice because its answer was lost is recognised by its token where the table keeps tokens
 * ({@code non_replicated_deduplication_window}, or a replicated table), and harmless where not.
 */
final class ClickHouseInserter {

    private static final Logger LOG = LoggerFactory.getLogger(ClickHouseInserter.class);

    private final JobSpec spec;
    private final String specHash;
    private final Connection connection;

    ClickHouseInserter(JobSpec spec, String specHash, Connection connection) {
        this.spec = spec;
        this.specHash = specHash;
        this.connection = connection;
    }

    /**
     * Returns when the rows are in ClickHouse, with what capture did not receive of them filled in.
     *
     * @param batch is not added to any more; the rows that were filled come to it
     * @param fillBytes about as much is filled at once
     * @param metrics told of each attempt that failed and will be repeated, and of the one that succeeded
     * @throws JobStopped when ClickHouse refuses them, or was not to be had for too long, or a value is not to be had
     * @throws InterruptedException when the connection was closed meanwhile
     */
    void insert(Batch batch, long fillBytes, TableMetrics metrics) throws InterruptedException {
        Filling filling = new Filling(batch, fillBytes);
        Batch filled;
        do {
            filled = filling.next((rows, most) -> connection.persist(
                    new Connection.Purpose("read table " + target(batch), source(batch), true),
                    metrics::retried,
                    client -> read(client, rows, most)));
            insertFilled(filled, metrics);
        } while (filled != batch);
    }

    private void insertFilled(Batch batch, TableMetrics metrics) throws InterruptedException {
        if (batch.liveRows() == 0) {
            return;
        }
        Batch.Digest digest = batch.digest();
        String token = token(batch, digest);
        long start = System.nanoTime();
        connection.persist(
                new Connection.Purpose("write table " + target(batch), source(batch), false),
                metrics::retried,
                client -> send(client, batch, token));
        metrics.inserted(batch, digest.bytes(), Duration.ofNanos(System.nanoTime() - start));
    }

    private long send(Client client, Batch batch, String token) throws Exception {
        DataStreamWriter body = batch::writeTo;
        InsertSettings settings = new InsertSettings().setDeduplicationToken(token);
        if (batch.layout().hasJson()) {
            // Else a document with two ways to one path, {"a.b": 1, "a": {"b": 2}}, would be refused with all others.
            settings.serverSetting("type_json_skip_duplicated_paths", "1")
                    // Text that looks like a date stays text.
                    .serverSetting("input_format_try_infer_dates", "0")
                    .serverSetting("input_format_try_infer_datetimes", "0");
        }
        try (InsertResponse response = client.insert(
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
            LOG.debug(
                    "{}/{}: {} rows into {}", spec.tenant(), spec.pipeline(), response.getWrittenRows(), target(batch));
            return response.getWrittenRows();
        }
    }

    private boolean read(Client client, StoredRows rows, long most) throws Exception {
        QuerySettings settings = new QuerySettings()
                .setFormat(ClickHouseFormat.RowBinary)
                // Else an error in the midst of the answer would come as bytes of it.
                .serverSetting("wait_end_of_query", "1")
                .serverSetting("max_query_size", Connection.MOST_SQL_BYTES)
                .serverSetting("final", "0");
        if (rows.layout().hasJson()) {
            // As the block that it goes into has it.
            settings.serverSetting("output_format_binary_write_json_as_string", "1");
        }
        try (QueryResponse response =
                client.query(PointQuery.sql(spec.clickhouse(), rows), settings).get()) {
            return rows.read(response.getInputStream(), most);
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

    private String target(Batch batch) {
        return spec.clickhouse().database() + "." + batch.layout().table().target();
    }

    private static String source(Batch batch) {
        return batch.offsets() + " of " + batch.layout().table().topic();
    }
}
