package dev.tributary.connect;

import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.SourceInfo;
import io.debezium.connector.postgresql.connection.Lsn;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.spi.SlotState;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Refuses to go on where the line from snapshot to stream is broken. The operator knows the words that the messages begin
 * with.
 *
 * <p>Debezium would read the tables a second time under the same offsets: beside the rows it sent before, of which some are
 * deleted by now and nobody is ever told; and with a snapshot of another moment than the slot's. And it compares a slot that
 * was made anew with the stored position only if that is of the stream: after a snapshot and nothing else it goes on
 * behind a gap. On a server that was restored with its slot, PostgreSQL streams from a position that its log has not reached
 * yet, and so leaves out all that is committed until then.
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
        try (PostgresConnection connection = new PostgresConnection(config.getJdbcConfig(), "Tributary guard")) {
            require(config, offset, connection);
        } catch (SQLException e) {
            throw new ConnectException("cannot ask for replication slot " + config.slotName(), e);
        }
    }

    private static void require(
            PostgresConnectorConfig config, PostgresOffsetContext offset, PostgresConnection connection)
            throws SQLException {
        SlotState slot = connection.getReplicationSlotState(
                config.slotName(), config.plugin().getPostgresPluginName());
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
        Lsn end = Lsn.valueOf(connection.currentXLogLocation());
        Lsn sent = newest(offset);
        if (end.compareTo(sent) < 0) {
            throw new ConnectException(LOST + "the server's log ends at " + end + ", before " + sent
                    + ", which was captured: the server was put back to an earlier state");
        }
    }

    /** The highest position that was sent, be it of a transaction that is to be sent again. */
    private static Lsn newest(PostgresOffsetContext offset) {
        return Stream.of(SourceInfo.LSN_KEY, PostgresOffsetContext.LAST_COMPLETELY_PROCESSED_LSN_KEY)
                .map(offset.getOffset()::get)
                .filter(Long.class::isInstance)
                .map(position -> Lsn.valueOf((Long) position))
                .reduce(position(offset), (a, b) -> a.compareTo(b) < 0 ? b : a);
    }

    /** Where the guard resumes: at the last commit, or at the snapshot. */
    private static Lsn position(PostgresOffsetContext offset) {
        return offset.lastCommitLsn() != null
                ? offset.lastCommitLsn()
                : Lsn.valueOf((Long) offset.getOffset().get(SourceInfo.LSN_KEY));
    }
}
