package dev.tributary.box.standin.strimzi;

import dev.tributary.box.standin.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names that Strimzi defines, as far as they are played. */
final class Strimzi {

    static final String VERSION = "1.2.0";

    static final ResourceDefinitionContext KAFKA = kind("Kafka", "kafkas");
    static final ResourceDefinitionContext KAFKA_CONNECT = kind("KafkaConnect", "kafkaconnects");
    static final ResourceDefinitionContext KAFKA_TOPIC = kind("KafkaTopic", "kafkatopics");
    static final ResourceDefinitionContext KAFKA_CONNECTOR = kind("KafkaConnector", "kafkaconnectors");

    static final String CLUSTER_LABEL = "strimzi.io/cluster";
    static final String USE_CONNECTOR_RESOURCES = "strimzi.io/use-connector-resources";
    static final String MANAGED = "strimzi.io/managed";
    static final String RESTART = "strimzi.io/restart";
    static final String RESTART_TASK = "strimzi.io/restart-task";
    static final String CONNECTOR_OFFSETS = "strimzi.io/connector-offsets";
    static final String TOPIC_FINALIZER = "strimzi.io/topic-operator";

    /** The reason when a field is not played; not one of Strimzi's, so that nobody takes it for one. */
    static final String UNSUPPORTED = "StandInUnsupported";

    /** How soon something is looked at again that is moving or not well. */
    static final Duration SOON = Duration.ofSeconds(1);

    private static final String PAUSE_RECONCILIATION = "strimzi.io/pause-reconciliation";

    private Strimzi() {}

    static boolean paused(GenericKubernetesResource resource) {
        return "true".equalsIgnoreCase(annotation(resource, PAUSE_RECONCILIATION));
    }

    static @Nullable String annotation(GenericKubernetesResource resource, String name) {
        Map<String, String> annotations = resource.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(name);
    }

    static @Nullable String label(GenericKubernetesResource resource, String name) {
        Map<String, String> labels = resource.getMetadata().getLabels();
        return labels == null ? null : labels.get(name);
    }

    static Condition notReady(String reason, @Nullable String message) {
        // Strimzi's custom: the type changes, the status stays True.
        return new Condition("NotReady", "True", reason, message);
    }

    static Condition unsupported(String message) {
        return notReady(UNSUPPORTED, message);
    }

    private static ResourceDefinitionContext kind(String kind, String plural) {
        return new ResourceDefinitionContext.Builder()
                .withGroup("kafka.strimzi.io")
                .withVersion("v1")
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }
}
