package dev.tributary.operator.clickhouse;

import java.util.List;

/** What became of a table that should be there. */
public sealed interface TableOutcome permits TableOutcome.Matches, TableOutcome.Absent, TableOutcome.Differs, Refusal {

    /**
     * It is there, ours, and as planned.
     *
     * @param notes what is otherwise than wished though no row tells, and the statement that changes it; a clause each
     */
    record Matches(List<String> notes) implements TableOutcome {
        public Matches {
            notes = lines(notes);
        }
    }

    /** There is none, and none was made. */
    record Absent(TablePlan plan) implements TableOutcome {}

    /**
     * It is there and ours, and not as planned. Nothing was changed.
     *
     * @param differences each a short phrase such as "column price is Decimal(10, 2), planned Decimal(12, 2)"; never
     *     empty
     */
    record Differs(TablePlan plan, List<String> differences) implements TableOutcome {
        public Differs {
            differences = lines(differences);
        }
    }

    /** Names of columns are any text, and a message is one line. */
    private static List<String> lines(List<String> phrases) {
        return phrases.stream().map(d -> d.replaceAll("\\p{Cntrl}", " ")).toList();
    }
}
