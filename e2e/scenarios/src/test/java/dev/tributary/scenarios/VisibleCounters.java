package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an analyst sees of the table counters, looked at again and again: no row's value ever goes back. */
final class VisibleCounters {

    private final ClickHouseQueries clickHouse;
    private final String table;
    private final Map<Integer, Long> seen = new HashMap<>();
    private final List<String> older = new ArrayList<>();
    private long highest;

    VisibleCounters(TestBox box, Client client) {
        clickHouse = box.clickHouse();
        table = client.sink("counters");
    }

    /** Waits until a value is visible that is higher than this. */
    void awaitHigherThan(long value) {
        await("changes newer than " + value + " at the sink")
                .atMost(Client.PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(() -> {
                    look();
                    assertThat(highest).isGreaterThan(value);
                });
        assertThat(older).isEmpty();
    }

    private void look() {
        for (String row : clickHouse.lines("SELECT id, value FROM " + table + " FINAL FORMAT TSV")) {
            String[] columns = row.split("\t");
            int id = Integer.parseInt(columns[0]);
            long value = Long.parseLong(columns[1]);
            Long before = seen.put(id, value);
            if (before != null && before > value) {
                older.add(id + ": " + value + " after " + before);
            }
            highest = Math.max(highest, value);
        }
    }
}
