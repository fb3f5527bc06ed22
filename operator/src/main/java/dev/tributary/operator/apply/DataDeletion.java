package dev.tributary.operator.apply;

import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.operator.claim.Claim;
import dev.tributary.operator.claim.ClaimedPipeline;
import dev.tributary.operator.claim.Identity;
import dev.tributary.operator.clickhouse.ClickHouse;
import dev.tributary.operator.clickhouse.ClickHouseServers;
import dev.tributary.operator.clickhouse.DatabasePlan;
import dev.tributary.operator.clickhouse.DropOutcome;
import dev.tributary.operator.clickhouse.Identifier;
import dev.tributary.operator.clickhouse.Refusal;
import dev.tributary.operator.condition.ConditionType;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.Resolution.Resolved;
import dev.tributary.operator.condition.Resolution.Unresolved;
import dev.tributary.operator.condition.StageResult;
import dev.tributary.operator.kafka.Brokers;
import dev.tributary.operator.kafka.Brokers.Answer;
import dev.tributary.operator.observe.EngineResolver.Engines;
import dev.tributary.operator.observe.ReferenceResolver;
import dev.tributary.operator.plan.Databases;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Deletes a pipeline's data: its topics and its consumer group, its tables in ClickHouse, and the database with the tenant's last
 * pipeline. What does not carry the pipeline's mark stays.
 */
@ApplicationScoped
class DataDeletion {

    private final ReferenceResolver references;
    private final ClickHouseServers servers;
    private final Brokers brokers;

    DataDeletion(ReferenceResolver references, ClickHouseServers servers, Brokers brokers) {
        this.references = references;
        this.servers = servers;
        this.brokers = brokers;
    }

    /** Does it, or says what is in the way. */
    Optional<EngineTeardown.Step> next(TenantPipeline pipeline, Claim claim) {
        Identity identity = Identity.of(pipeline);
        ClaimedPipeline claimed = claim.pipeline(identity.name()).orElseThrow();
        if (claimed.targets().isEmpty()) {
            // It never came as far as a plan.
            return Optional.empty();
        }
        return switch (references.engines(pipeline, claimed)) {
            case Unresolved<Engines> missing -> blocked(ConditionType.ReferencesResolved, missing.why());
            case Resolved<Engines> there -> delete(identity, claim, claimed, there.value());
        };
    }

    private Optional<EngineTeardown.Step> delete(
            Identity identity, Claim claim, ClaimedPipeline claimed, Engines there) {
        // Strimzi deleted those it still managed; of a table that left the spec, or was kept at first, there is no
        // resource.
        if (brokers.deleteTopics(there.bootstrapServers(), claimed.topics()) instanceof Answer.Unreachable<Boolean> u) {
            return blocked(ConditionType.KafkaReady, new StageResult.Blocked(Reason.KafkaUnreachable, u.message()));
        }
        if (brokers.deleteGroup(there.bootstrapServers(), identity.consumerGroup())
                instanceof Answer.Unreachable<Boolean> u) {
            return blocked(ConditionType.KafkaReady, new StageResult.Blocked(Reason.KafkaUnreachable, u.message()));
        }
        ClickHouse clickHouse = there.clickHouse(servers);
        DatabasePlan database = Databases.ofRows(identity);
        for (String target : claimed.targets()) {
            DropOutcome outcome = clickHouse.dropTable(database, new Identifier(target), identity.owner());
            if (outcome instanceof Refusal refusal) {
                return blocked(ConditionType.SchemaReady, SchemaStage.blocked(refusal, Reason.TableNotOwned));
            }
        }
        DatabasePlan jobDatabase = Databases.ofJob(identity);
        boolean last = claim.pipelines().size() == 1;
        return clickHouse
                .jobTables(jobDatabase)
                .remove(identity.name(), last)
                .or(() -> last ? dropped(clickHouse, database, jobDatabase) : Optional.empty())
                .flatMap(refusal ->
                        blocked(ConditionType.SchemaReady, SchemaStage.blocked(refusal, Reason.DatabaseNotOwned)));
    }

    private static Optional<Refusal> dropped(ClickHouse clickHouse, DatabasePlan... databases) {
        return Stream.of(databases)
                .map(clickHouse::dropDatabase)
                .filter(Refusal.class::isInstance)
                .map(Refusal.class::cast)
                .findFirst();
    }

    private static Optional<EngineTeardown.Step> blocked(ConditionType condition, StageResult.Blocked why) {
        return Optional.of(new EngineTeardown.Step(
                condition,
                new StageResult.Blocked(
                        why.reason(),
                        why.message() + "; or set spec.deletionPolicy to Retain to leave the data where it is")));
    }
}
