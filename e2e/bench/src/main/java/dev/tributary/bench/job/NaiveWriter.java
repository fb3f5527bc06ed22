package dev.tributary.bench.job;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.job.source.RawRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.connector.sink2.SinkWriter;

/**
 * The job's work as one would write it first: a tree of each event, a map of each row, and JSONEachRow. As many rows at once as the
 * job sends, inserted where they are read.
 */
final class NaiveWriter implements SinkWriter<RawRecord> {

    private static final TypeReference<LinkedHashMap<String, Object>> ROW = new TypeReference<>() {};

    private final ObjectMapper json = new ObjectMapper();
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream(1 << 20);
    private final ClickHouseHttp clickHouse;
    private int rows;

    NaiveWriter(ClickHouseHttp clickHouse) {
        this.clickHouse = clickHouse;
    }

    @Override
    public void write(RawRecord record, Context context) throws IOException, InterruptedException {
        JsonNode event = json.readTree(record.value);
        boolean deleted = event.get("op").asText().equals("d");
        JsonNode columns = event.get(deleted ? "before" : "after");
        Map<String, Object> row = json.convertValue(columns, ROW);
        row.put(
                "order_date",
                LocalDate.ofEpochDay(columns.get("order_date").asLong()).toString());
        JsonNode source = event.get("source");
        BigInteger position = BigInteger.valueOf(source.get("lsn").asLong());
        row.put("_version", OrdersTable.FIRST_VERSION.add(position));
        row.put("_deleted", deleted ? 1 : 0);
        row.put("_op", event.get("op").asText());
        row.put("_source_ts", Instant.ofEpochMilli(source.get("ts_ms").asLong()).toString());
        row.put("_tenant", OrdersTable.TENANT);
        lines.writeBytes(json.writeValueAsBytes(row));
        lines.write('\n');
        rows++;
        if (rows >= ParsingWriter.ROWS) {
            flush(false);
        }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        if (rows > 0) {
            clickHouse.insert("JSONEachRow", lines.toByteArray());
            lines.reset();
            rows = 0;
        }
    }

    @Override
    public void close() {}
}
