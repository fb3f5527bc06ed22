package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an analyst sees of a table whose every change has a higher value than all before it, looked at again and again: no
 * row ever goes back to an older value, and none that was gone is there again with the value it had.
 */
final class VisibleRows {

    private final ClickHouseQueries clickHouse;
    private final String question;
    private final String table;
    private final Map<String, Long> seen = new HashMap<>();
    private final Set<String> gone = new HashSet<>();
    private final List<String> wentBack = new ArrayList<>();
    private long highest;

    /**
     * @param value the column that only rises, an integer of 64 bits
     * @param keys the columns of the key, as ClickHouse names them
     */
    VisibleRows(TestBox box, Client client, String table, String value, String keys) {
        clickHouse = box.clickHouse();
        this.table = table;
        question = "SELECT " + value + ", " + keys + " FROM " + client.sink(table) + " FINAL FORMAT TSV";
    }

    /** Looks once. */
    void look() {
        Set<String> absent = new HashSet<>(seen.keySet());
        for (String row : clickHouse.lines(question)) {
            int tab = row.indexOf('\t');
            long value = Long.parseLong(row.substring(0, tab));
            String key = row.substring(tab + 1);
            Long before = seen.put(key, value);
            boolean wasGone = gone.remove(key);
            if (before != null && (before > value || wasGone && before == value)) {
                wentBack.add(table + " " + key + ": " + value + " after " + before + (wasGone ? ", deleted" : ""));
            }
            highest = Math.max(highest, value);
            absent.remove(key);
        }
        gone.addAll(absent);
    }

    /** The highest value of any look so far. */
    long highest() {
        return highest;
    }

    void assertNoneWentBack() {
        assertThat(wentBack).isEmpty();
    }
}
