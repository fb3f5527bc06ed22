package dev.tributary.connect;

import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import java.sql.SQLException;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Refuses to read the tables a second time under the same offsets. Debezium would: beside the rows it sent before, of which
 * some are deleted by now and nobody is ever told. And the slot was made by the first attempt, so that the second has a
 * snapshot of another moment than the slot's. The operator knows the word and begins a new epoch.
 */
final class WholeSnapshot {

    private static final String INTERRUPTED = "SnapshotInterrupted: ";

    private WholeSnapshot() {}

    /**
     * Lets the first start pass, and every one after a snapshot that was completed.
     *
     * @param offset what Connect has stored; null for nothing
     * @throws ConnectException otherwise, or when the database does not tell
     */
    static void require(PostgresConnectorConfig config, PostgresOffsetContext offset) {
        if (offset != null && offset.isInitialSnapshotRunning()) {
            throw new ConnectException(INTERRUPTED + "the stored offset is of a snapshot that did not end");
        }
        if (offset == null && slotExists(config)) {
            throw new ConnectException(
                    INTERRUPTED + "replication slot " + config.slotName() + " exists and no offset is stored");
        }
    }

    private static boolean slotExists(PostgresConnectorConfig config) {
        try (PostgresConnection connection = new PostgresConnection(config.getJdbcConfig(), "Tributary guard")) {
            return connection.getReplicationSlotState(
                            config.slotName(), config.plugin().getPostgresPluginName())
                    != null;
        } catch (SQLException e) {
            throw new ConnectException("cannot ask for replication slot " + config.slotName(), e);
        }
    }
}
