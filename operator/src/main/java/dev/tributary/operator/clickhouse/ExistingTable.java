package dev.tributary.operator.clickhouse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A table as ClickHouse reports it.
 *
 * @param comment says whose it is
 * @param sortingKey what it is ordered by
 * @param columns by their names, in order
 */
record ExistingTable(String comment, String sortingKey, Map<String, Column> columns) {

    /**
     * One column.
     *
     * @param type its type
     * @param codec how it is compressed, {@code CODEC(...)}; empty when the server decides
     */
    record Column(String type, String codec) {}

    TableOutcome compareTo(TablePlan plan) {
        if (!comment.equals(plan.mark())) {
            return new Refusal.NotOwned("ClickHouse table " + plan.database() + "." + plan.name()
                    + " exists and was not made for table " + plan.source() + " of pipeline " + plan.owner()
                    + ": rename it, or set target.table");
        }
        List<String> differences = differences(plan);
        return differences.isEmpty()
                ? new TableOutcome.Matches(otherCodecs(plan))
                : new TableOutcome.Differs(plan, differences);
    }

    private List<String> differences(TablePlan plan) {
        List<String> differences = new ArrayList<>();
        Map<String, String> planned = TableDdl.columns(plan);
        planned.forEach((name, type) -> {
            Column there = columns.get(name);
            if (there == null) {
                differences.add("column " + name + " is missing");
            } else if (!there.type().equals(type)) {
                differences.add("column " + name + " is " + there.type() + ", planned " + type);
            }
        });
        columns.keySet().stream()
                .filter(name -> !planned.containsKey(name))
                .forEach(name -> differences.add("column " + name + " is not in the source"));
        if (!TableDdl.isSortingKey(plan, sortingKey)) {
            differences.add("it is ordered by " + sortingKey + ", planned " + String.join(", ", plan.orderBy()));
        }
        return differences;
    }

    private List<String> otherCodecs(TablePlan plan) {
        List<String> notes = new ArrayList<>();
        plan.codecs().forEach((name, codec) -> {
            Column there = columns.get(name);
            if (there != null && !codec.isGrantedBy(there.codec())) {
                notes.add("column " + name + " of table " + plan.name() + " has "
                        + (there.codec().isEmpty() ? "no codec of its own" : there.codec()) + ", wanted " + codec.sql()
                        + ": " + TableDdl.alterCodec(plan, name, codec));
            }
        });
        return notes;
    }
}
