package dev.tributary.job.clickhouse;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.DataStreamWriter;
import com.clickhouse.client.api.insert.InsertResponse;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.client.api.query.QueryResponse;
import com.clickhouse.client.api.query.QuerySettings;
import com.clickhouse.data.ClickHouseFormat;
import dev.tributary.job.quarantine.Entry;
import dev.tributary.job.quarantine.Place;
import dev.tributary.job.quarantine.Waiting;
import dev.tributary.job.source.RawRecord;
import dev.tributary.job.value.RowBinary;
import dev.tributary.jobspec.AddedColumn;
import dev.tributary.jobspec.JobSpec;
import dev.tributary.jobspec.JobTable;
import dev.tributary.jobspec.QuarantineState;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The job's own tables (see {@link JobTable}): what it has to know again after a restart, and other subtasks at once.
 * Each method returns when it is done or throws {@link dev.tributary.job.JobStopped}, and does no harm when repeated.
 */
final class JobDatabase {

    private static final int POSITION_BITS = 112;
    private static final int PAGE = 10_000;

    private final JobSpec spec;
    private final Connection connection;
    private final String quarantine;
    private final String floors;
    private final String ownRows;

    JobDatabase(JobSpec spec, Connection connection) {
        this.spec = spec;
        this.connection = connection;
        quarantine = table(JobTable.QUARANTINE);
        floors = table(JobTable.FLOORS);
        ownRows = "pipeline = " + literal(spec.pipeline());
    }

    private String table(JobTable table) {
        return new Identifier(spec.clickhouse().jobDatabase()).sql() + "." + new Identifier(table.tableName()).sql();
    }

    /** For each target that was truncated in this epoch the position of the last truncation, unsigned. */
    Map<String, Long> floors() throws InterruptedException {
        BigInteger first = version(0);
        return ask(
                "SELECT target, toUInt64(max(version) - toUInt128('" + first + "')) FROM " + floors + " WHERE "
                        + ownRows + " AND version >= toUInt128('" + first + "') GROUP BY target",
                rows -> {
                    Map<String, Long> found = new HashMap<>();
                    while (!rows.atEnd()) {
                        found.put(text(rows), rows.readLong());
                    }
                    return found;
                });
    }

    /** Remembers that a target was truncated, and deletes what is older. In this order: who writes later, looks after it. */
    void truncate(String target, long position) throws InterruptedException {
        run("INSERT INTO " + floors + " (pipeline, target, version) VALUES (" + literal(spec.pipeline()) + ", "
                + literal(target) + ", toUInt128('" + version(position) + "'))");
        deleteBelow(target, position);
    }

    /** Deletes the rows of a target that are older than a truncation. */
    void deleteBelow(String target, long position) throws InterruptedException {
        run("DELETE FROM " + new Identifier(spec.clickhouse().database()).sql() + "." + new Identifier(target).sql()
                + " WHERE " + new Identifier(AddedColumn.VERSION.columnName()).sql() + " < toUInt128('"
                + version(position) + "')");
    }

    private BigInteger version(long position) {
        return BigInteger.valueOf(spec.epoch())
                .shiftLeft(POSITION_BITS)
                .add(new BigInteger(Long.toUnsignedString(position)));
    }

    /**
     * The next open entries of this epoch, in the order of their positions.
     *
     * @param after the one before; null for the first
     */
    List<Waiting> waiting(@Nullable Waiting after) throws InterruptedException {
        String rest = after == null
                ? ""
                : " AND (position, topic, partition, offset) > (toUInt64('" + Long.toUnsignedString(after.position())
                        + "'), " + literal(after.place().topic()) + ", "
                        + after.place().partition() + ", " + after.place().offset() + ")";
        return ask(
                "SELECT topic, partition, offset, position, key, length(payload) FROM " + quarantine + " FINAL WHERE "
                        + ownRows + " AND epoch = " + spec.epoch() + " AND state = '"
                        + QuarantineState.OPEN.label() + "'" + rest
                        + " ORDER BY position, topic, partition, offset LIMIT " + PAGE,
                rows -> {
                    List<Waiting> found = new ArrayList<>();
                    while (!rows.atEnd()) {
                        found.add(new Waiting(place(rows), rows.readLong(), rows.readBytes(), rows.readLong()));
                    }
                    return found;
                });
    }

    /** The records of these entries, in no order. */
    Map<Place, RawRecord> records(List<Place> places, Map<String, Integer> tablesByTopic) throws InterruptedException {
        return ask(
                "SELECT topic, partition, offset, payload, key, other_key FROM " + quarantine + " FINAL WHERE "
                        + isOneOf(places),
                rows -> {
                    Map<Place, RawRecord> found = new HashMap<>();
                    while (!rows.atEnd()) {
                        Place place = place(rows);
                        byte[] payload = rows.readBytes();
                        byte[] key = rows.readBytes();
                        byte[] otherKey = rows.readBytes();
                        found.put(
                                place,
                                new RawRecord(
                                        tablesByTopic.getOrDefault(place.topic(), -1),
                                        place.partition(),
                                        place.offset(),
                                        payload,
                                        key,
                                        otherKey.length == 0 ? null : otherKey));
                    }
                    return found;
                });
    }

    /** Writes entries, as open ones. */
    void write(List<Entry> entries) throws InterruptedException {
        if (entries.isEmpty()) {
            return;
        }
        DataStreamWriter body = out -> QuarantineRows.write(spec, entries, out);
        connection.persist(purpose(false), () -> {}, client -> {
            try (InsertResponse response = client.insert(
                            quarantine,
                            JobTable.QUARANTINE.columns().keySet().stream()
                                    .map(name -> new Identifier(name).sql())
                                    .toList(),
                            body,
                            ClickHouseFormat.RowBinary,
                            new InsertSettings())
                    .get()) {
                return response.getWrittenRows();
            }
        });
    }

    /** Settles open entries. */
    void settle(List<Place> places, QuarantineState state) throws InterruptedException {
        // Of a statement with ten times as many ClickHouse's parser took a gigabyte.
        for (int from = 0; from < places.size(); from += PAGE) {
            List<Place> some = places.subList(from, Math.min(places.size(), from + PAGE));
            // Within one SELECT the condition would be about the new state.
            run("INSERT INTO " + quarantine + " SELECT * REPLACE ('" + state.label()
                    + "' AS state, now64(3, 'UTC') AS at) FROM (SELECT * FROM " + quarantine + " FINAL WHERE "
                    + isOneOf(some) + " AND state = '" + QuarantineState.OPEN.label() + "')");
        }
    }

    private String isOneOf(List<Place> places) {
        return ownRows + " AND (topic, partition, offset) IN ("
                + places.stream()
                        .map(p -> "(" + literal(p.topic()) + ", " + p.partition() + ", " + p.offset() + ")")
                        .collect(Collectors.joining(", "))
                + ")";
    }

    private static String literal(String text) {
        return new Literal(text.getBytes(StandardCharsets.UTF_8)).sql();
    }

    private static Place place(RowBinary rows) throws IOException {
        return new Place(text(rows), rows.readInt(), rows.readLong());
    }

    private static String text(RowBinary rows) throws IOException {
        return new String(rows.readBytes(), StandardCharsets.UTF_8);
    }

    /** What is made of an answer. */
    private interface Answer<T> {
        T of(RowBinary rows) throws IOException;
    }

    private void run(String statement) throws InterruptedException {
        ask(statement, rows -> statement);
    }

    private <T> T ask(String statement, Answer<T> answer) throws InterruptedException {
        return connection.persist(purpose(true), () -> {}, client -> {
            try (QueryResponse response = query(client, statement)) {
                return answer.of(new RowBinary(new BufferedInputStream(response.getInputStream())));
            }
        });
    }

    private static QueryResponse query(Client client, String statement) throws Exception {
        return client.query(
                        statement,
                        new QuerySettings()
                                .setFormat(ClickHouseFormat.RowBinary)
                                // Else an error in the midst of the answer would come as bytes of it.
                                .serverSetting("wait_end_of_query", "1")
                                .serverSetting("max_query_size", Connection.MOST_SQL_BYTES))
                .get();
    }

    private Connection.Purpose purpose(boolean hasValues) {
        return new Connection.Purpose(
                "use the job's own tables in " + spec.clickhouse().jobDatabase(), "", hasValues);
    }
}
