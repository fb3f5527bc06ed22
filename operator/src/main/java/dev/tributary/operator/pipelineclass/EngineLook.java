package dev.tributary.operator.pipelineclass;

import dev.tributary.api.v1alpha1.PipelineClass;
import dev.tributary.api.v1alpha1.PipelineClassCondition;
import dev.tributary.operator.apply.SchemaStage;
import dev.tributary.operator.clickhouse.ClickHouseServers;
import dev.tributary.operator.clickhouse.Refusal;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.Resolution.Resolved;
import dev.tributary.operator.condition.Resolution.Unresolved;
import dev.tributary.operator.condition.StageResult;
import dev.tributary.operator.kafka.Brokers;
import dev.tributary.operator.observe.EngineResolver;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Asks the engines of a class whether they are there. Blocks for half a minute at most. */
@ApplicationScoped
class EngineLook {

    private final EngineResolver engines;
    private final Brokers brokers;
    private final ClickHouseServers clickHouses;

    EngineLook(EngineResolver engines, Brokers brokers, ClickHouseServers clickHouses) {
        this.engines = engines;
        this.brokers = brokers;
        this.clickHouses = clickHouses;
    }

    /** What was found; of an engine that could not be asked there is nothing. */
    Map<PipelineClassCondition, StageResult> at(PipelineClass pipelineClass) {
        Map<PipelineClassCondition, StageResult> found = new EnumMap<>(PipelineClassCondition.class);
        switch (engines.resolve(pipelineClass)) {
            case Unresolved<EngineResolver.Engines> missing -> found.put(PipelineClassCondition.Ready, missing.why());
            case Resolved<EngineResolver.Engines> there -> {
                found.put(
                        PipelineClassCondition.KafkaReachable,
                        kafka(there.value().bootstrapServers()));
                found.put(
                        PipelineClassCondition.ClickHouseReachable,
                        clickHouse(
                                pipelineClass.getSpec().clickhouse().url(),
                                there.value().clickHouse(clickHouses).ping()));
                found.put(
                        PipelineClassCondition.Ready,
                        new StageResult.Ready(Reason.Resolved, "everything the class refers to is there and answers"));
            }
        }
        return found;
    }

    private StageResult kafka(String bootstrapServers) {
        return switch (brokers.count(bootstrapServers)) {
            case Brokers.Answer.Said<Integer> s ->
                new StageResult.Ready(Reason.Reachable, "Kafka answers at " + bootstrapServers);
            case Brokers.Answer.Unreachable<Integer> u -> new StageResult.Blocked(Reason.KafkaUnreachable, u.message());
        };
    }

    private static StageResult clickHouse(String url, Optional<Refusal> refusal) {
        return refusal.<StageResult>map(r -> SchemaStage.blocked(r, Reason.ClickHouseFailed))
                .orElseGet(() -> new StageResult.Ready(
                        Reason.Reachable, "ClickHouse answers at " + url + ", and takes the login"));
    }
}
