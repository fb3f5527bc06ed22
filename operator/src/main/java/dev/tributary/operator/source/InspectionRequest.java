package dev.tributary.operator.source;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is asked of a source before anything is made for it, and again while it is in use.
 *
 * @param settings how to reach it
 * @param names what the capture is called there
 * @param tables the tables, each listed once
 * @param keys what tells the rows of these tables apart; of the others it is their primary key
 * @param captured those of them that are captured already, with these keys, {@code schema.name}: a replica identity without their key is
 *     a loss, {@link Reason#ReplicaIdentityChanged}, and so is a declared key that nothing keeps unique any more, {@link
 *     Reason#KeyNotUnique}; and what their publication leaves out, which {@link SourceEngine#captureState} tells
 * @param maxRecordBytes how large one record of Kafka may be, in bytes
 */
public record InspectionRequest(
        ConnectionSettings settings,
        CaptureNames names,
        List<TableId> tables,
        Map<TableId, RowKey> keys,
        Set<String> captured,
        int maxRecordBytes) {

    public InspectionRequest {
        tables = List.copyOf(tables);
        keys = Map.copyOf(keys);
        captured = Set.copyOf(captured);
    }

    /** What tells the rows of a table apart. */
    public RowKey key(TableId table) {
        return keys.getOrDefault(table, new RowKey.Primary());
    }
}
