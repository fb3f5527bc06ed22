package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** What an analyst sees of the table counters of {@link SteadyWrites}: no row ever goes back. */
final class VisibleCounters {

    private final VisibleRows rows;

    VisibleCounters(TestBox box, Client client) {
        rows = new VisibleRows(box, client, "counters", "value", "id");
    }

    /** Waits until a value is visible that is higher than this. */
    void awaitHigherThan(long value) {
        await("changes newer than " + value + " at the sink")
                .atMost(Client.PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(() -> {
                    rows.look();
                    assertThat(rows.highest()).isGreaterThan(value);
                });
        rows.assertNoneWentBack();
    }
}
