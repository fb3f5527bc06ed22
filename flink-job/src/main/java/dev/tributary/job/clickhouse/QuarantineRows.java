package dev.tributary.job.clickhouse;

import dev.tributary.job.quarantine.Entry;
import dev.tributary.job.value.Bytes;
import dev.tributary.jobspec.JobSpec;
import dev.tributary.jobspec.JobTable;
import dev.tributary.jobspec.QuarantineState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries in ClickHouse's RowBinary format, in the order of {@link JobTable#QUARANTINE}'s columns. */
final class QuarantineRows {

    private QuarantineRows() {}

    static void write(JobSpec spec, List<Entry> entries, OutputStream out) throws IOException {
        Bytes row = new Bytes(1024);
        long now = System.currentTimeMillis();
        for (Entry entry : entries) {
            row.clear();
            for (String column : JobTable.QUARANTINE.columns().keySet()) {
                value(column, spec, entry, now, row);
            }
            out.write(row.array(), 0, row.size());
        }
    }

    private static void value(String column, JobSpec spec, Entry entry, long now, Bytes row) {
        switch (column) {
            case "pipeline" -> text(spec.pipeline(), row);
            case "target" -> text(entry.target(), row);
            case "topic" -> text(entry.place().topic(), row);
            case "partition" -> row.putInt(entry.place().partition());
            case "offset" -> row.putLong(entry.place().offset());
            case "epoch" -> row.putShort(spec.epoch());
            case "position" -> row.putLong(entry.position());
            case "reason" -> text(entry.why().reason().label(), row);
            case "sentence" -> text(entry.why().sentence(), row);
            case "key" -> bytes(entry.record().key, row);
            case "other_key" -> bytes(entry.record().otherKey, row);
            case "payload" -> bytes(entry.record().value, row);
            case "state" -> text(QuarantineState.OPEN.label(), row);
            case "at" -> row.putLong(now);
            default ->
                throw new IllegalStateException("a column of the quarantine that nothing is known of: " + column);
        }
    }

    private static void text(String text, Bytes row) {
        bytes(text.getBytes(StandardCharsets.UTF_8), row);
    }

    private static void bytes(byte @Nullable [] bytes, Bytes row) {
        int length = bytes == null ? 0 : bytes.length;
        row.putVarint(length);
        if (bytes != null) {
            row.put(bytes, 0, length);
        }
    }
}
