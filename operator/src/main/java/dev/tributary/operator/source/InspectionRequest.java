package dev.tributary.operator.source;

import java.util.List;
import java.util.Set;

/**
 * What is asked of a source before anything is made for it, and again while it is in use.
 *
 * @param settings how to reach it
 * @param names what the capture is called there
 * @param tables the tables, each listed once
 * @param captured those of them that are captured already, {@code schema.name}: a replica identity without their key is
 *     a loss, {@link Reason#ReplicaIdentityChanged}; and so is what their publication leaves out, which
 *     {@link SourceEngine#captureState} tells
 * @param maxRecordBytes how large one record of Kafka may be, in bytes
 */
public record InspectionRequest(
        ConnectionSettings settings,
        CaptureNames names,
        List<TableId> tables,
        Set<String> captured,
        int maxRecordBytes) {

    public InspectionRequest {
        tables = List.copyOf(tables);
        captured = Set.copyOf(captured);
    }
}
