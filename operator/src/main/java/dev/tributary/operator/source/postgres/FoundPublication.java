package dev.tributary.operator.source.postgres;

import dev.tributary.operator.source.CaptureNames;
import dev.tributary.operator.source.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the catalog says of a publication.
 *
 * @param comment the comment on it; empty text when it has none
 * @param owned whether the user may alter it
 * @param everyOperation whether inserts, updates, deletes and truncates are published
 * @param viaRoot whether the changes of partitions are published as those of the table at the top
 * @param allTables whether it is for all tables
 * @param tables the listed tables that are published, and for each what is left out of it
 */
record FoundPublication(
        String comment,
        boolean owned,
        boolean everyOperation,
        boolean viaRoot,
        boolean allTables,
        Map<TableId, Set<Omission>> tables) {

    FoundPublication {
        tables = Map.copyOf(tables);
    }

    /** Whether the operator made it for this capture. It never makes one for all tables. */
    boolean isOurs(CaptureNames names) {
        return comment.equals(names.mark()) && !allTables;
    }

    /** Whether every change of what it publishes is published, and as we make it. */
    boolean isWhole() {
        return everyOperation && viaRoot && tables.values().stream().allMatch(Set::isEmpty);
    }

    /** What it leaves out of these tables, each as a clause. */
    List<String> omissions(List<TableId> of) {
        List<String> omissions = new ArrayList<>();
        if (!everyOperation) {
            omissions.add("does not publish every kind of change");
        }
        for (TableId table : of) {
            Set<Omission> omitted = tables.get(table);
            if (omitted == null) {
                omissions.add("does not publish table " + table);
            } else if (!omitted.isEmpty()) {
                omissions.add("has " + words(omitted) + " on table " + table);
            }
        }
        return omissions;
    }

    /** As a message names them. */
    static String words(Set<Omission> omitted) {
        return new TreeSet<>(omitted).stream().map(Omission::words).collect(Collectors.joining(" and "));
    }

    /** What a publication can leave out of a table without a word to whoever reads from it. */
    enum Omission {
        ROWS("a row filter"),
        COLUMNS("a column list");

        private final String words;

        Omission(String words) {
            this.words = words;
        }

        /** As messages name it. */
        String words() {
            return words;
        }
    }
}
