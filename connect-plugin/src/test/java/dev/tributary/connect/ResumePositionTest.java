package dev.tributary.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.debezium.config.Configuration;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;

/** What becomes of a stored offset. */
class ResumePositionTest {

    private static final PostgresConnectorConfig CONFIG = new PostgresConnectorConfig(
            Configuration.from(Map.of("topic.prefix", "acme.shop", "database.dbname", "shop")));

    @Test
    void inTheMiddleOfATransactionItGoesBackToTheCommitBefore() {
        PostgresOffsetContext offset =
                stored(Map.of("lsn", 250L, "lsn_proc", 250L, "lsn_commit", 200L, "txId", 7L, "messageType", "INSERT"));

        resume(offset);

        assertThat(read(offset)).containsEntry("lsn", 200L).containsEntry("lsn_commit", 200L);
        assertThat(read(offset)).doesNotContainKey("lsn_proc");
    }

    @Test
    void theSlotIsComparedWithTheCommit() {
        PostgresOffsetContext offset = stored(Map.of("lsn", 250L, "lsn_proc", 250L, "lsn_commit", 200L));

        GuardedPostgresTask.backToLastCommit(offset);

        assertThat(offset.lastCompletelyProcessedLsn().asLong()).isEqualTo(200L);
    }

    @Test
    void beforeTheFirstCommitItStaysInTheFirstTransaction() {
        PostgresOffsetContext offset = stored(Map.of("lsn", 150L, "lsn_proc", 150L));

        resume(offset);

        assertThat(read(offset)).containsEntry("lsn", 150L).doesNotContainKey("lsn_proc");
    }

    @Test
    void aSnapshotsOffsetStaysAsItIs() {
        PostgresOffsetContext offset = stored(
                Map.of("lsn", 100L, "snapshot", "INITIAL", "snapshot_completed", false, "last_snapshot_record", false));
        Map<String, Object> before = read(offset);

        resume(offset);

        assertThat(read(offset)).isEqualTo(before).containsEntry("snapshot", "INITIAL");
    }

    @Test
    void whatBelongsToOthersStays() {
        PostgresOffsetContext offset = stored(Map.of(
                "lsn", 250L, "lsn_proc", 250L, "lsn_commit", 200L, "transaction_id", "7:250", "ts_usec", 1_000L));

        resume(offset);

        assertThat(read(offset)).containsEntry("transaction_id", "7:250").containsEntry("ts_usec", 1_000L);
    }

    @Test
    void connectFindsTheConnector() {
        assertThat(ServiceLoader.load(SourceConnector.class))
                .anySatisfy(c -> assertThat(c).isInstanceOf(GuardedPostgresConnector.class));
    }

    @Test
    void anotherDebeziumIsRefused() {
        assertThatThrownBy(() -> GuardedPostgresTask.requireKnown("3.7.0.Final"))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("3.7.0.Final");
    }

    private static void resume(PostgresOffsetContext offset) {
        GuardedPostgresTask.backToLastCommit(offset);
        GuardedPostgresTask.withoutFilter(offset);
    }

    private static PostgresOffsetContext stored(Map<String, ?> offset) {
        return new PostgresOffsetContext.Loader(CONFIG).load(offset);
    }

    private static Map<String, Object> read(PostgresOffsetContext offset) {
        return new HashMap<>(offset.getOffset());
    }
}
