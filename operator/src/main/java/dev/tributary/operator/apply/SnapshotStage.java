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
import dev.tributary.operator.source.CaptureLook;
import dev.tributary.operator.source.SourceEngine;
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
    private final SourceEngine engine;

    /** The position confirmed to the slot when streaming was first seen. Forgotten with the process: a later one does too. */
    private final Map<Snapshot, String> firstConfirmed = new ConcurrentHashMap<>();

    /** Where the topics ended when all that was read was in Kafka. */
    private final Map<Snapshot, Map<String, List<Long>>> ends = new ConcurrentHashMap<>();

    private record Snapshot(Identity identity, int epoch) {}

    SnapshotStage(Brokers brokers, ClickHouseServers servers, Claims claims, SourceEngine engine) {
        this.engine = engine;
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
        Optional<Refusal> unsettled = clickHouse
                .jobTables(pass.plan().jobDatabase())
                .settleBefore(pass.plan().identity().name(), epoch.number());
        if (unsettled.isPresent()) {
            return Optional.of(new StageResult.InProgress(
                    Reason.Resnapshotting, unsettled.get().message()));
        }
        Snapshot done = new Snapshot(pass.plan().identity(), epoch.number());
        ends.remove(done);
        firstConfirmed.remove(done);
        return Optional.empty();
    }

    /** The job commits offsets with each checkpoint, and a checkpoint completes when all before it is in ClickHouse. */
    private Optional<StageResult> awaitJob(Pass pass, Epoch epoch) {
        String servers = pass.references().bootstrapServers();
        Snapshot snapshot = new Snapshot(pass.plan().identity(), epoch.number());
        Map<String, List<Long>> end = ends.get(snapshot);
        if (end == null) {
            if (!allIsInKafka(pass, snapshot)) {
                return Optional.of(reading(epoch, "what was read of the listed tables is on its way to Kafka"));
            }
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

    /**
     * Debezium begins to stream when it has read all, which then may still be in its queue. It confirms a position to the
     * slot when Connect has stored an offset, and so Kafka has everything before: once the confirmed position moves, by the
     * heartbeat at the latest, the snapshot is in Kafka.
     */
    private boolean allIsInKafka(Pass pass, Snapshot snapshot) {
        if (!(engine.captureState(
                                pass.references().source(),
                                pass.plan().capture().names(),
                                List.of())
                        instanceof CaptureLook.Seen seen)
                || seen.slot() == null
                || seen.slot().confirmedLsn() == null) {
            return false;
        }
        String now = seen.slot().confirmedLsn();
        String first = firstConfirmed.putIfAbsent(snapshot, now);
        return first != null && !first.equals(now);
    }
}
