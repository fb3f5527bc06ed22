package dev.tributary.operator.clickhouse;

import java.util.List;

/** What there is in quarantine. */
public sealed interface QuarantineOutcome permits QuarantineOutcome.Holds, Refusal {

    /** Some records, by target and reason; none if empty. */
    record Holds(List<Group> groups) implements QuarantineOutcome {
        public Holds {
            groups = List.copyOf(groups);
        }
    }

    /**
     * Records of one target with one reason.
     *
     * @param target the ClickHouse table that lacks them
     * @param reason why the job could not carry them
     * @param first where the first of them stands, {@code topic-partition@offset}
     */
    record Group(String target, String reason, String first) {}
}
