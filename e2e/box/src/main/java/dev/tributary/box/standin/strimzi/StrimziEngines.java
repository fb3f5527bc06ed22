package dev.tributary.box.standin.strimzi;

import java.net.URI;
import java.util.Map;

/**
 * The real engines behind the custom resources: one Kafka cluster and one Connect cluster, in one namespace.
 *
 * @param namespace where Kafka, KafkaConnect, KafkaTopics and KafkaConnectors live
 * @param kafka the name of the Kafka resource
 * @param bootstrapServers where the broker really listens, host:port
 * @param connect the name of the KafkaConnect resource
 * @param connectUrl where the worker's REST API really is
 * @param workerConfiguration what the worker was started with; a KafkaConnect that asks for anything else is refused
 */
public record StrimziEngines(
        String namespace,
        String kafka,
        String bootstrapServers,
        String connect,
        URI connectUrl,
        Map<String, String> workerConfiguration) {

    public StrimziEngines {
        workerConfiguration = Map.copyOf(workerConfiguration);
    }
}
