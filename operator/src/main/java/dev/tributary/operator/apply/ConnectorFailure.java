package dev.tributary.operator.apply;

import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.StageResult;
import dev.tributary.operator.kafka.ConnectTrace;
import dev.tributary.operator.kafka.KafkaConnector;
import dev.tributary.operator.kafka.KafkaConnector.ConnectorStatus;
import dev.tributary.operator.kafka.Strimzi.Verdict;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What it means that a connector failed: something to wait out, to read again, or changes that are lost. */
final class ConnectorFailure {

    /** Snapshots that may break off in a row: what always breaks would read the client's database for ever. */
    private static final int ATTEMPTS = 4;

    private ConnectorFailure() {}

    /** The failure that Connect or Strimzi tells of; of the connector's tasks first. */
    static Optional<StageResult> of(Pass pass, KafkaConnector connector) {
        String name = connector.describe();
        ConnectorStatus status =
                connector.getStatus() == null ? null : connector.getStatus().connectorStatus();
        if (status != null && status.tasks() != null) {
            for (KafkaConnector.State task : status.tasks()) {
                if ("FAILED".equals(task.state())) {
                    return Optional.of(failed(pass, name + ": its task failed: ", task.trace()));
                }
            }
        }
        if (status != null
                && status.connector() != null
                && "FAILED".equals(status.connector().state())) {
            return Optional.of(
                    failed(pass, name + " failed: ", status.connector().trace()));
        }
        if (!(connector.verdict() instanceof Verdict.NotReady notReady)) {
            return Optional.empty();
        }
        String why = notReady.reason() + ": ";
        return Optional.of(
                notReady.connectIsAway()
                        ? new StageResult.InProgress(
                                Reason.ConnectUnreachable,
                                "Kafka Connect does not answer for " + name + ": " + why
                                        + ConnectTrace.cause(notReady.message()))
                        : failed(pass, name + " is not ready: " + why, notReady.message()));
    }

    private static StageResult failed(Pass pass, String what, @Nullable String trace) {
        String text = trace == null ? "" : trace;
        // The restart guard in Connect says by name what must not go on.
        if (text.contains("SnapshotInterrupted")) {
            return interrupted(pass);
        }
        // The guard's word, and Debezium's own with offset.mismatch.strategy=trust_offset.
        if (text.contains("PositionLost") || text.contains("no longer available on the server")) {
            return new StageResult.Lost(
                    Reason.PositionLost,
                    "the replication slot does not have the position any more at which the connector stopped: it was"
                            + " dropped, made again or moved, or the server was put back to an earlier state");
        }
        return new StageResult.InProgress(Reason.ConnectorFailed, what + ConnectTrace.cause(trace));
    }

    private static StageResult interrupted(Pass pass) {
        return pass.claimed().epoch().interrupted() + 1 < ATTEMPTS
                ? new StageResult.Broken(
                        Reason.SnapshotInterrupted, "the connector was interrupted while it read the listed tables")
                : new StageResult.Blocked(
                        Reason.SnapshotFails,
                        "the listed tables were read " + ATTEMPTS
                                + " times and never to the end. Kafka Connect's log says"
                                + " why; with that mended: "
                                + Renewal.command(pass.plan().identity(), pass.claimed()));
    }
}
