package dev.tributary.operator.plan;

import dev.tributary.api.v1alpha1.SourceTable;
import dev.tributary.operator.claim.Identity;
import dev.tributary.operator.clickhouse.Identifier;
import dev.tributary.operator.clickhouse.TablePlan;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.Resolution;
import dev.tributary.operator.condition.Resolution.Resolved;
import dev.tributary.operator.condition.Resolution.Unresolved;
import dev.tributary.operator.condition.StageResult.Blocked;
import dev.tributary.operator.source.CaptureConnector;
import dev.tributary.operator.source.SourceTableInfo;
import dev.tributary.operator.source.TableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the plan. */
public final class Planner {

    private final CaptureConnector connector;

    public Planner(CaptureConnector connector) {
        this.connector = connector;
    }

    /**
     * The plan, or why there can be none: two tables that would meet in one topic or one target, or a column that cannot be as
     * the user wants it.
     */
    public Resolution<PipelinePlan> plan(PlanInput input) {
        List<PlannedTable> tables = new ArrayList<>();
        Optional<Blocked> wishes = Optional.empty();
        for (SourceTable table : input.spec().source().tables()) {
            TableId id = new TableId(table.schema(), table.name());
            SourceTableInfo info = input.catalog().tables().stream()
                    .filter(t -> t.id().equals(id))
                    .findFirst()
                    .orElseThrow();
            switch (ColumnWishes.of(info, table)) {
                case Unresolved<List<PlannedColumn>> u -> wishes = wishes.or(() -> Optional.of(u.why()));
                case Resolved<List<PlannedColumn>> columns ->
                    tables.add(new PlannedTable(
                            info,
                            table,
                            connector.topic(input.identity().topicPrefix(), id),
                            target(table),
                            columns.value()));
            }
        }
        Optional<Blocked> unwished = wishes;
        Optional<Blocked> obstacle = collision(input, tables).or(() -> unwished);
        if (obstacle.isPresent()) {
            return new Unresolved<>(obstacle.get());
        }
        Identity identity = input.identity();
        JobPlan job = JobPlan.of(input, tables);
        return new Resolved<>(new PipelinePlan(
                identity,
                input.claimed().epoch().number(),
                Topics.of(input, tables, connector),
                Databases.ofRows(identity),
                Databases.ofJob(identity),
                tables.stream().map(t -> tablePlan(identity, t)).toList(),
                job.jobSpec(),
                job.deployment(),
                new PipelinePlan.Capture(
                        input.references().place(),
                        input.catalog().server(),
                        tables.stream().map(t -> t.info().id()).toList(),
                        RowKeys.remembered(input.spec())),
                ConnectorPlan.of(input, tables, connector)));
    }

    /** The convention others rely on: the table's own name for schema public, else schema_table. */
    private static String target(SourceTable table) {
        if (table.target() != null && table.target().table() != null) {
            return table.target().table();
        }
        return table.schema().equals("public") ? table.name() : table.schema() + "_" + table.name();
    }

    private static Optional<Blocked> collision(PlanInput input, List<PlannedTable> tables) {
        Map<String, TableId> byTopic = new HashMap<>();
        Map<String, TableId> byTarget = new HashMap<>();
        Map<String, String> others =
                input.claim().targetsOfOthers(input.identity().name());
        for (PlannedTable table : tables) {
            TableId id = table.info().id();
            // Kafka's metric names do not tell '.' from '_', so it refuses topics that differ in that only.
            TableId sameTopic = byTopic.put(table.topic().replace('.', '_'), id);
            if (sameTopic != null) {
                return Optional.of(new Blocked(
                        Reason.TopicNameCollision,
                        "tables " + sameTopic + " and " + id + " have the same topic name " + table.topic()
                                + " in Kafka's alphabet: put one of them into a pipeline of its own"));
            }
            TableId sameTarget = byTarget.put(table.target(), id);
            if (sameTarget != null) {
                return Optional.of(new Blocked(
                        Reason.TableCollision,
                        "tables " + sameTarget + " and " + id + " both go to ClickHouse table " + table.target()
                                + ": set target.table of one of them"));
            }
            String other = others.get(table.target());
            if (other != null) {
                return Optional.of(new Blocked(
                        Reason.TableCollision,
                        "ClickHouse table " + table.target() + " belongs to pipeline " + other
                                + " of the same tenant: set target.table of table " + id));
            }
        }
        return Optional.empty();
    }

    private static TablePlan tablePlan(Identity identity, PlannedTable table) {
        return new TablePlan(
                new Identifier(identity.database()),
                new Identifier(table.target()),
                identity.owner(),
                table.info().id().toString(),
                table.columns(),
                table.info().key(),
                table.codecs());
    }
}
