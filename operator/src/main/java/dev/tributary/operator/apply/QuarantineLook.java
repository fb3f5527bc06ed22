package dev.tributary.operator.apply;

import dev.tributary.jobspec.JobTable;
import dev.tributary.operator.clickhouse.ClickHouseServers;
import dev.tributary.operator.clickhouse.DatabasePlan;
import dev.tributary.operator.clickhouse.QuarantineOutcome;
import dev.tributary.operator.clickhouse.QuarantineOutcome.Group;
import dev.tributary.operator.condition.ConditionType;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.StageResult;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether records are in quarantine. The pipeline goes on, and so do capture and job; but what they tell is missing, which
 * is what DataLoss is for. How many they are is a metric of the job's: a status must not change with each.
 */
@ApplicationScoped
public class QuarantineLook {

    private static final int MOST_NAMED = 3;

    private final ClickHouseServers servers;

    QuarantineLook(ClickHouseServers servers) {
        this.servers = servers;
    }

    /** Notes what is there, if ClickHouse answers; also of a pipeline that is blocked, whose job goes on. */
    public void look(Pass pass) {
        boolean away = pass.findings()
                .result(ConditionType.SchemaReady)
                .filter(schema -> schema.reason() == Reason.ClickHouseUnreachable)
                .isPresent();
        if (away) {
            return;
        }
        DatabasePlan database = pass.plan().jobDatabase();
        QuarantineOutcome outcome = pass.references()
                .clickHouse(servers)
                .jobTables(database)
                .quarantined(pass.plan().identity().name());
        if (outcome instanceof QuarantineOutcome.Holds holds) {
            pass.findings()
                    .add(
                            ConditionType.DataLoss,
                            holds.groups().isEmpty()
                                    ? StageResult.noLossKnown()
                                    : quarantined(pass, database, holds.groups()));
        }
    }

    private static StageResult quarantined(Pass pass, DatabasePlan database, List<Group> groups) {
        String named = groups.stream()
                .limit(MOST_NAMED)
                .map(group ->
                        "of table " + group.target() + " for " + group.reason() + ", the first at " + group.first())
                .collect(Collectors.joining("; "));
        int more = groups.size() - MOST_NAMED;
        return new StageResult.Blocked(
                Reason.RecordsQuarantined,
                "records are in quarantine, " + named + (more > 0 ? "; and " + more + " more kinds" : "")
                        + ". ClickHouse table " + database.name() + "." + JobTable.QUARANTINE.tableName()
                        + " has them: set outOfRange for their columns, or change the rows at the source. Or to read"
                        + " all tables once more: "
                        + Renewal.command(pass.plan().identity(), pass.claimed()));
    }
}
