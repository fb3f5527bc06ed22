package dev.tributary.operator.observe;

import dev.tributary.operator.flink.FlinkDeployment;
import dev.tributary.operator.kafka.KafkaConnector;
import dev.tributary.operator.kafka.KafkaTopic;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A pipeline's children in Kubernetes, as the caches have them.
 *
 * @param topics by the name of the resource
 * @param connectors one, but for moments in which that of an older epoch is still there or seen late
 */
public record Observed(
        Map<String, KafkaTopic> topics, List<KafkaConnector> connectors, Optional<FlinkDeployment> deployment) {

    public Observed {
        topics = Map.copyOf(topics);
        connectors = List.copyOf(connectors);
    }

    public static Observed of(
            Collection<KafkaTopic> topics,
            Collection<KafkaConnector> connectors,
            Collection<FlinkDeployment> deployments) {
        return new Observed(
                topics.stream()
                        .collect(Collectors.toUnmodifiableMap(
                                t -> t.getMetadata().getName(), Function.identity())),
                List.copyOf(connectors),
                deployments.stream().findFirst());
    }

    /** Any of the connectors. */
    public Optional<KafkaConnector> connector() {
        return connectors.stream().findFirst();
    }

    /** The connector of this name. */
    public Optional<KafkaConnector> connector(String name) {
        return connectors.stream()
                .filter(c -> c.getMetadata().getName().equals(name))
                .findFirst();
    }
}
