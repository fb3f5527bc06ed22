package dev.tributary.connect;

import io.debezium.config.CommonConnectorConfig;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresConnectorTask;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.function.LogPositionValidator;
import io.debezium.pipeline.spi.Offsets;
import io.debezium.schema.DatabaseSchema;
import io.debezium.spi.snapshot.Snapshotter;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceTaskContext;

/**
 * Resumes at the last commit that was sent whole, not in the middle of what followed.
 *
 * <p>Debezium before 3.7 stores how far it came within a transaction ({@code lsn_proc}), and after a restart filters out what
 * it takes for sent, by LSN alone. But the rows of one COPY share an LSN (dbz#1554), and a commit's LSN can be that of a row
 * of a transaction still open (dbz#76): rows that were never sent are filtered out too, silently. Without {@code lsn_proc}
 * it does not filter; PostgreSQL itself then sends every transaction that committed after {@code lsn}, whole.
 *
 * <p>The slot is not confirmed beyond that: Debezium confirms {@code lsn_commit} of offsets that Connect has stored, which stays.
 */
public final class GuardedPostgresTask extends PostgresConnectorTask {

    /** What this relies on was read in the source of this version; 3.7 counts rows of an LSN instead. */
    private static final String DEBEZIUM = "3.6.";

    /**
     * Takes Connect's context.
     *
     * @throws ConnectException with any Debezium but 3.6: a method that it does not call would guard nothing
     */
    @Override
    public void initialize(SourceTaskContext context) {
        requireKnown(version());
        super.initialize(context);
    }

    static void requireKnown(String debezium) {
        if (!debezium.startsWith(DEBEZIUM)) {
            throw new ConnectException("The restart guard is made for Debezium " + DEBEZIUM + "x and this is "
                    + debezium + ": use that version, or a newer release of Tributary");
        }
    }

    /** Debezium calls it between loading the stored offset and using it. */
    @Override
    protected void validateSchemaHistory(
            CommonConnectorConfig config,
            LogPositionValidator slot,
            Offsets<PostgresPartition, PostgresOffsetContext> offsets,
            DatabaseSchema schema,
            Snapshotter snapshotter) {
        for (Map.Entry<PostgresPartition, PostgresOffsetContext> offset : offsets) {
            UnbrokenLine.require((PostgresConnectorConfig) config, offset.getValue());
        }
        forEach(offsets, GuardedPostgresTask::backToLastCommit);
        // Compares the slot with lsn_proc, if there is one: a slot made anew must still stop the connector.
        super.validateSchemaHistory(config, slot, offsets, schema, snapshotter);
        forEach(offsets, GuardedPostgresTask::withoutFilter);
    }

    /** An offset that has no commit yet has not left its first transaction: PostgreSQL sends that one whole from anywhere in it. */
    static void backToLastCommit(PostgresOffsetContext offset) {
        // Sets lsn as well. A snapshot's offset has neither, and stays as it is.
        offset.updateCommitPosition(offset.lastCommitLsn(), offset.lastCommitLsn());
    }

    static void withoutFilter(PostgresOffsetContext offset) {
        offset.updateCommitPosition(offset.lastCommitLsn(), null);
    }

    private static void forEach(
            Offsets<PostgresPartition, PostgresOffsetContext> offsets, Consumer<PostgresOffsetContext> change) {
        for (Map.Entry<PostgresPartition, PostgresOffsetContext> offset : offsets) {
            // Null when nothing was stored yet, or the validation asks for a new snapshot.
            if (offset.getValue() != null) {
                change.accept(offset.getValue());
            }
        }
    }
}
