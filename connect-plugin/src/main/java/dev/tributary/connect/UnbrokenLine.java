package dev.tributary.connect;

import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.SourceInfo;
import io.debezium.connector.postgresql.connection.Lsn;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.spi.SlotState;
import java.sql.SQLException;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Refuses to go on where the line from snapshot to stream is broken. The operator knows the words that the messages begin
 * with.
 *
 * <p>Debezium would read the tables a second time under the same offsets: beside the rows it sent before, of which some are
 * deleted by now and nobody is ever told; and with a snapshot of another moment than the slot's. And it compares a slot that
 * was made anew with the stored position only if that is of the stream: after a snapshot and nothing else it goes on
 * behind a gap.
 */
final class UnbrokenLine {

    private static final String INTERRUPTED = "SnapshotInterrupted: ";
    private static final String LOST = "PositionLost: ";

    private UnbrokenLine() {}

    /**
     * Lets the first start pass, and every one that finds its slot at or before the stored position.
     *
     * @param offset what Connect has stored; null for nothing
     * @throws ConnectException otherwise, or when the database does not tell
     */
    static void require(PostgresConnectorConfig config, PostgresOffsetContext offset) {
        SlotState slot = slot(config);
        String name = "replication slot " + config.slotName();
        if (offset == null) {
            if (slot != null) {
                throw new ConnectException(INTERRUPTED + name + " exists and no offset is stored");
            }
            return;
        }
        if (offset.isInitialSnapshotRunning()) {
            throw new ConnectException(INTERRUPTED + "the stored offset is of a snapshot that did not end");
        }
        Lsn stored = position(offset);
        if (slot == null) {
            throw new ConnectException(LOST + name + " is gone, and changes after " + stored + " with it");
        }
        if (slot.slotLastFlushedLsn().compareTo(stored) > 0) {
            throw new ConnectException(
                    LOST + name + " begins at " + slot.slotLastFlushedLsn() + ", behind the stored position " + stored);
        }
    }

    /** Where the guard resumes: at the last commit, or at the snapshot. */
    private static Lsn position(PostgresOffsetContext offset) {
        return offset.lastCommitLsn() != null
                ? offset.lastCommitLsn()
                : Lsn.valueOf((Long) offset.getOffset().get(SourceInfo.LSN_KEY));
    }

    private static SlotState slot(PostgresConnectorConfig config) {
        try (PostgresConnection connection = new PostgresConnection(config.getJdbcConfig(), "Tributary guard")) {
            return connection.getReplicationSlotState(
                    config.slotName(), config.plugin().getPostgresPluginName());
        } catch (SQLException e) {
            throw new ConnectException("cannot ask for replication slot " + config.slotName(), e);
        }
    }
}
