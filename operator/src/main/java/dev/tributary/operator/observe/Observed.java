package dev.tributary.operator.observe;

import dev.tributary.operator.flink.FlinkDeployment;
import dev.tributary.operator.kafka.KafkaConnector;
import dev.tributary.operator.kafka.KafkaTopic;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A pipeline's children in Kubernetes, as the caches have them.
 *
 * @param topics by the name of the resource
 */
public record Observed(
        Map<String, KafkaTopic> topics, Optional<KafkaConnector> connector, Optional<FlinkDeployment> deployment) {

    public static Observed of(
            Collection<KafkaTopic> topics,
            Collection<KafkaConnector> connectors,
            Collection<FlinkDeployment> deployments) {
        return new Observed(
                topics.stream()
                        .collect(Collectors.toUnmodifiableMap(
                                t -> t.getMetadata().getName(), Function.identity())),
                connectors.stream().findFirst(),
                deployments.stream().findFirst());
    }
}
