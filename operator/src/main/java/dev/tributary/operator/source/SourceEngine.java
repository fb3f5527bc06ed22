package dev.tributary.operator.source;

import java.util.List;

/**
 * One kind of source database. Calls block for seconds at most, whatever the database does, and answer with values: a
 * database that is away or refuses is no exception.
 */
public interface SourceEngine {

    /** Looks at the server, the tables and the publication, changing nothing. */
    Inspection inspect(InspectionRequest request);

    /**
     * Sees to it that the publication is there, is marked as ours, and holds exactly these tables, whole. A publication
     * that is not ours, or is provided, is left alone.
     *
     * @param settings how to reach the source
     * @param names what the capture is called
     * @param tables the tables, at least one
     */
    PublicationOutcome ensurePublication(ConnectionSettings settings, CaptureNames names, List<TableId> tables);

    /**
     * Looks at how far the capture is.
     *
     * @param settings how to reach the source
     * @param names what the capture is called
     * @param tables those that are captured
     */
    CaptureLook captureState(ConnectionSettings settings, CaptureNames names, List<TableId> tables);

    /**
     * Takes slot and publication away, in this order. What is missing is fine, what is not ours stays, and a call that was
     * cut short can be repeated. To be called when the connector is gone: a reader that comes back takes the slot again.
     */
    DropOutcome dropCapture(ConnectionSettings settings, CaptureNames names);
}
