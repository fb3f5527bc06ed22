package dev.tributary.operator.apply;

import dev.tributary.jobspec.JobTable;
import dev.tributary.operator.clickhouse.QuarantineOutcome;
import dev.tributary.operator.clickhouse.QuarantineOutcome.Group;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.StageResult;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Records in quarantine, as DataLoss tells of them. The pipeline goes on, and so do capture and job; but what they tell is
 * missing. How many they are is a metric of the job's: a status must not change with each.
 */
final class Quarantine {

    private static final int MOST_NAMED = 3;

    private Quarantine() {}

    /** What DataLoss says of this. */
    static StageResult verdict(Pass pass, QuarantineOutcome.Holds holds) {
        return holds.groups().isEmpty() ? StageResult.noLossKnown() : quarantined(pass, holds.groups());
    }

    private static StageResult quarantined(Pass pass, List<Group> groups) {
        String named = groups.stream()
                .limit(MOST_NAMED)
                .map(group ->
                        "of table " + group.target() + " for " + group.reason() + ", the first at " + group.first())
                .collect(Collectors.joining("; "));
        int more = groups.size() - MOST_NAMED;
        return new StageResult.Blocked(
                Reason.RecordsQuarantined,
                "records are in quarantine, " + named + (more > 0 ? "; and " + more + " more kinds" : "")
                        + ". ClickHouse table " + pass.plan().jobDatabase().name() + "."
                        + JobTable.QUARANTINE.tableName()
                        + " has them: set outOfRange for their columns, or change the rows at the source. Or to read"
                        + " all tables once more: "
                        + Renewal.command(pass.plan().identity(), pass.claimed()));
    }
}
