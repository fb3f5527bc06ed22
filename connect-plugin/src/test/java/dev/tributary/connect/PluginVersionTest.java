package dev.tributary.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.connector.postgresql.PostgresConnector;
import org.junit.jupiter.api.Test;

/** Who looks at a Connect cluster's list of plugins sees which guard is there. */
class PluginVersionTest {

    @Test
    void theGuardHasAVersionOfItsOwn() {
        assertThat(new GuardedPostgresConnector().version())
                .matches("[0-9]+[.][0-9]+[.][0-9]+(-SNAPSHOT)?")
                .isNotEqualTo(new PostgresConnector().version());
    }
}
