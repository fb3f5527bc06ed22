package dev.tributary.operator.apply;

import dev.tributary.operator.clickhouse.ClickHouse;
import dev.tributary.operator.clickhouse.ClickHouseServers;
import dev.tributary.operator.clickhouse.QuarantineOutcome;
import dev.tributary.operator.clickhouse.Refusal;
import dev.tributary.operator.clickhouse.TableOutcome;
import dev.tributary.operator.clickhouse.TablePlan;
import dev.tributary.operator.condition.ConditionType;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.StageResult;
import dev.tributary.operator.plan.PipelinePlan;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The ClickHouse databases and their tables, and what the job has put aside there. What is there and ours is compared, never changed; nothing is ever dropped. */
@ApplicationScoped
public class SchemaStage implements Stage {

    private final ClickHouseServers servers;

    SchemaStage(ClickHouseServers servers) {
        this.servers = servers;
    }

    @Override
    public ConditionType condition() {
        return ConditionType.SchemaReady;
    }

    @Override
    public StageResult apply(Pass pass) {
        PipelinePlan plan = pass.plan();
        ClickHouse clickHouse = pass.references().clickHouse(servers);
        if (clickHouse.ensureDatabase(plan.database()) instanceof Refusal refusal) {
            return blocked(refusal, Reason.DatabaseNotOwned);
        }
        switch (clickHouse.jobTables(plan.jobDatabase()).ensure(plan.identity().name())) {
            case Refusal refusal -> {
                return blocked(refusal, Reason.DatabaseNotOwned);
            }
            case QuarantineOutcome.Holds holds ->
                pass.findings().add(ConditionType.DataLoss, Quarantine.verdict(pass, holds));
        }
        // A table made in the middle of an epoch would hold only the changes from then on.
        Set<String> filled = Set.copyOf(pass.claimed().epoch().tables());
        int ready = 0;
        List<String> notes = new ArrayList<>();
        for (TableOutcome outcome :
                clickHouse.ensureTables(plan.database(), plan.tables(), table -> !filled.contains(table.source()))) {
            switch (outcome) {
                case TableOutcome.Matches matches -> {
                    ready++;
                    notes.addAll(matches.notes());
                }
                case TableOutcome.Absent absent -> {
                    return new StageResult.Broken(
                            Reason.TargetMissing,
                            "ClickHouse table " + shown(absent.plan())
                                    + " is not there, and all tables are read once more");
                }
                case TableOutcome.Differs differs -> {
                    return new StageResult.Blocked(
                            Reason.TableDiffers,
                            "ClickHouse table " + shown(differs.plan()) + " is not as source and spec are now ("
                                    + String.join("; ", differs.differences())
                                    + "): set target.table to a new name, or have the table altered");
                }
                case Refusal refusal -> {
                    return blocked(refusal, Reason.TableNotOwned);
                }
            }
        }
        pass.findings().tables(ready, plan.tables().size());
        return new StageResult.Ready(
                Reason.TablesReady,
                "database " + plan.database().name() + " has " + ready + " tables"
                        + notes.stream().map(note -> "; " + note).collect(Collectors.joining()));
    }

    private static String shown(TablePlan table) {
        return table.database() + "." + table.name();
    }

    /** What a refusal means; the reason for one that is not ours depends on what was asked for. */
    public static StageResult.Blocked blocked(Refusal refusal, Reason notOwned) {
        Reason reason =
                switch (refusal) {
                    case Refusal.Unreachable u -> Reason.ClickHouseUnreachable;
                    case Refusal.AccessDenied a -> Reason.ClickHouseRefused;
                    case Refusal.NotOwned n -> notOwned;
                    case Refusal.Failed f -> Reason.ClickHouseFailed;
                };
        return new StageResult.Blocked(reason, refusal.message());
    }
}
