package dev.tributary.operator.clickhouse;

import java.util.List;

/** What became of a table that should be there. */
public sealed interface TableOutcome
        permits TableOutcome.Created, TableOutcome.Absent, TableOutcome.Matches, TableOutcome.Differs, Refusal {

    /** There was none, and now there is. */
    record Created() implements TableOutcome {}

    /** There is none, and none was made. */
    record Absent() implements TableOutcome {}

    /** It is there, ours, and as planned. */
    record Matches() implements TableOutcome {}

    /**
     * It is there and ours, and not as planned. Nothing was changed.
     *
     * @param differences each a short phrase such as "column price is Decimal(10, 2), planned Decimal(12, 2)"; never
     *     empty
     */
    record Differs(List<String> differences) implements TableOutcome {
        public Differs {
            // Names of columns are any text, and a message is one line.
            differences = differences.stream()
                    .map(d -> d.replaceAll("\\p{Cntrl}", " "))
                    .toList();
        }
    }
}
