package dev.tributary.operator.kafka;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.KafkaException;

/** Asks the brokers themselves. One connection for each cluster, made when it is first needed. */
@ApplicationScoped
public class Brokers {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Map<String, Admin> admins = new ConcurrentHashMap<>();

    /** What the brokers say. */
    public sealed interface Answer {
        /** Of the topics asked for, those that exist. */
        record Topics(Set<String> names) implements Answer {}

        /** Nothing within the time. */
        record Unreachable(String message) implements Answer {}
    }

    /** Which of these topics exist. */
    public Answer existing(String bootstrapServers, Set<String> topics) {
        try {
            Set<String> all = admins.computeIfAbsent(bootstrapServers, Brokers::connect)
                    .listTopics(new ListTopicsOptions().timeoutMs((int) TIMEOUT.toMillis()))
                    .names()
                    .get(TIMEOUT.toSeconds() + 1, TimeUnit.SECONDS);
            return new Answer.Topics(topics.stream().filter(all::contains).collect(Collectors.toSet()));
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return new Answer.Unreachable("Kafka does not answer at " + bootstrapServers
                    + ": check the Kafka resource and its listener; this is tried again by itself");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Unreachable("the operator is shutting down");
        }
    }

    private static Admin connect(String bootstrapServers) {
        Properties properties = new Properties();
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(AdminClientConfig.CLIENT_ID_CONFIG, "tributary-operator");
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
        return Admin.create(properties);
    }

    @PreDestroy
    void close() {
        admins.values().forEach(admin -> admin.close(Duration.ofSeconds(1)));
    }
}
