package dev.tributary.connect;

import io.debezium.connector.postgresql.PostgresConnector;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.connector.Task;

/** Debezium's PostgreSQL connector, whose task after a restart sends everything since the last commit again, or stops. */
public final class GuardedPostgresConnector extends PostgresConnector {

    @Override
    public Class<? extends Task> taskClass() {
        return GuardedPostgresTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        List<Map<String, String>> configs = super.taskConfigs(maxTasks);
        // Debezium chooses its own extensions, such as the query of a snapshot, by the exact class that it finds there.
        configs.forEach(config -> config.put("connector.class", PostgresConnector.class.getName()));
        return configs;
    }
}
