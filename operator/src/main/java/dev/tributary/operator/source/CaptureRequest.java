package dev.tributary.operator.source;

import java.time.Duration;
import java.util.List;

/**
 * What a connector is to capture. It holds references to secrets, never their values.
 *
 * @param tenant stamped on every record
 * @param epoch stamped on every record
 * @param topicPrefix what the topics begin with
 * @param names what the capture is called at the source
 * @param tables exactly these
 * @param leftOut columns of them that are not captured
 * @param keys of those of them whose rows are told apart by others than the columns of the primary key
 * @param host of the source
 * @param port of the source
 * @param database at the source
 * @param tlsMode how the connection is protected
 * @param secret how the configuration refers to a key of the copied credentials
 * @param unavailablePlaceholder stands for a value that the source did not send
 * @param maxRecordBytes how large one record may be, in bytes
 * @param pace how soon changes are to be in Kafka
 */
public record CaptureRequest(
        String tenant,
        int epoch,
        String topicPrefix,
        CaptureNames names,
        List<TableId> tables,
        List<LeftOut> leftOut,
        List<MessageKey> keys,
        String host,
        int port,
        String database,
        TlsMode tlsMode,
        SecretReference secret,
        String unavailablePlaceholder,
        int maxRecordBytes,
        Pace pace) {

    public CaptureRequest {
        tables = List.copyOf(tables);
        leftOut = List.copyOf(leftOut);
        keys = List.copyOf(keys);
    }

    /**
     * How soon changes are to be in Kafka.
     *
     * @param poll how long the connector waits before it looks again where it found nothing
     * @param linger how long it collects changes for one request
     */
    public record Pace(Duration poll, Duration linger) {}

    /**
     * A column that is not captured.
     *
     * @param table its table
     * @param column its name
     */
    public record LeftOut(TableId table, String column) {}

    /**
     * The key of a table's records.
     *
     * @param table the table
     * @param columns the names of its columns, at least one
     */
    public record MessageKey(TableId table, List<String> columns) {
        public MessageKey {
            columns = List.copyOf(columns);
        }
    }

    /** How a connector's configuration refers to the value of a key. */
    @FunctionalInterface
    public interface SecretReference {
        String to(String key);
    }
}
