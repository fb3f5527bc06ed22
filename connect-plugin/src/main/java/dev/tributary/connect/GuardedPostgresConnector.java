package dev.tributary.connect;

import io.debezium.connector.postgresql.PostgresConnector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.connect.connector.Task;

/** Debezium's PostgreSQL connector, whose task after a restart sends everything since the last commit again, or stops. */
public final class GuardedPostgresConnector extends PostgresConnector {

    /** Tributary's, not Debezium's: Connect lists both classes, so that each version can be seen. */
    @Override
    public String version() {
        Properties properties = new Properties();
        try (InputStream in = GuardedPostgresConnector.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

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
