package dev.tributary.operator.apply;

import dev.tributary.operator.claim.Claims;
import dev.tributary.operator.claim.Epoch;
import dev.tributary.operator.claim.Identity;
import dev.tributary.operator.clickhouse.ClickHouse;
import dev.tributary.operator.clickhouse.ClickHouseServers;
import dev.tributary.operator.clickhouse.Refusal;
import dev.tributary.operator.clickhouse.TablePlan;
import dev.tributary.operator.condition.ConditionType;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.StageResult;
import dev.tributary.operator.kafka.Brokers;
import dev.tributary.operator.kafka.Brokers.Answer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The end of the snapshot. In the first epoch that is all. In a later one rows of older epochs that were not read again
 * are gone at the source: once all that was read is in ClickHouse, they get a tombstone.
 */
@ApplicationScoped
public class SnapshotStage implements Stage {

    private final Brokers brokers;
    private final ClickHouseServers servers;
    private final Claims claims;

    /** Where the topics ended when the snapshot was seen to be complete. Forgotten with the process: a later look does too. */
    private final Map<Snapshot, Map<String, List<Long>>> ends = new ConcurrentHashMap<>();

    private record Snapshot(Identity identity, int epoch) {}

    SnapshotStage(Brokers brokers, ClickHouseServers servers, Claims claims) {
        this.brokers = brokers;
        this.servers = servers;
        this.claims = claims;
    }

    @Override
    public ConditionType condition() {
        return ConditionType.SnapshotComplete;
    }

    @Override
    public StageResult apply(Pass pass) {
        Epoch epoch = pass.claimed().epoch();
        if (epoch.complete()) {
            return remembered(epoch);
        }
        boolean streaming = pass.findings()
                .result(ConditionType.CaptureReady)
                .filter(r -> r.reason() == Reason.Streaming)
                .isPresent();
        if (!streaming) {
            return remembered(epoch);
        }
        if (epoch.number() > 1) {
            Optional<StageResult> waiting = removeWhatIsGone(pass, epoch);
            if (waiting.isPresent()) {
                return waiting.get();
            }
        }
        claims.complete(pass.plan().identity());
        return complete();
    }

    /** What is remembered of the epoch's snapshot: also told by a pass that does not come as far as here. */
    public static StageResult remembered(Epoch epoch) {
        return epoch.complete() ? complete() : reading(epoch, "the listed tables are being read");
    }

    private static StageResult complete() {
        return new StageResult.Ready(Reason.Streaming, "every listed table was read; changes are streamed");
    }

    private static StageResult reading(Epoch epoch, String message) {
        return epoch.number() == 1
                ? new StageResult.InProgress(Reason.Snapshotting, message)
                : new StageResult.InProgress(
                        Reason.Resnapshotting,
                        message + ", again, for epoch " + epoch.number()
                                + "; rows that are gone at the source go at its end");
    }

    private Optional<StageResult> removeWhatIsGone(Pass pass, Epoch epoch) {
        Optional<StageResult> waiting = awaitJob(pass, epoch);
        if (waiting.isPresent()) {
            return waiting;
        }
        ClickHouse clickHouse = pass.references().clickHouse(servers);
        for (TablePlan table : pass.plan().tables()) {
            if (clickHouse.removeOlder(table, epoch.number()) instanceof Refusal refusal) {
                return Optional.of(new StageResult.InProgress(Reason.Resnapshotting, refusal.message()));
            }
        }
        ends.remove(new Snapshot(pass.plan().identity(), epoch.number()));
        return Optional.empty();
    }

    /** The job commits offsets with each checkpoint, and a checkpoint completes when all before it is in ClickHouse. */
    private Optional<StageResult> awaitJob(Pass pass, Epoch epoch) {
        String servers = pass.references().bootstrapServers();
        Snapshot snapshot = new Snapshot(pass.plan().identity(), epoch.number());
        Map<String, List<Long>> end = ends.get(snapshot);
        if (end == null) {
            switch (brokers.endOffsets(servers, pass.plan().tableTopics())) {
                case Answer.Unreachable<Map<String, List<Long>>> u -> {
                    return Optional.of(new StageResult.InProgress(Reason.Resnapshotting, u.message()));
                }
                case Answer.Said<Map<String, List<Long>>> said -> {
                    end = said.value();
                    ends.put(snapshot, end);
                }
            }
        }
        return switch (brokers.hasCommitted(servers, pass.plan().identity().consumerGroup(), end)) {
            case Answer.Unreachable<Boolean> u ->
                Optional.of(new StageResult.InProgress(Reason.Resnapshotting, u.message()));
            case Answer.Said<Boolean> said ->
                said.value()
                        ? Optional.empty()
                        : Optional.of(reading(epoch, "what was read of the listed tables is being written"));
        };
    }
}
