package dev.tributary.cli.cluster;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;

/** The kinds of other operators that Tributary needs, in the version that it needs them in. */
public enum EngineKind {
    Kafka("kafka.strimzi.io", "v1", "kafkas"),
    KafkaConnect("kafka.strimzi.io", "v1", "kafkaconnects"),
    KafkaTopic("kafka.strimzi.io", "v1", "kafkatopics"),
    KafkaConnector("kafka.strimzi.io", "v1", "kafkaconnectors"),
    FlinkDeployment("flink.apache.org", "v1beta1", "flinkdeployments");

    private final String group;
    private final String version;
    private final String plural;

    EngineKind(String group, String version, String plural) {
        this.group = group;
        this.version = version;
        this.plural = plural;
    }

    public String group() {
        return group;
    }

    public String version() {
        return version;
    }

    public String apiVersion() {
        return group + "/" + version;
    }

    /** Those of them that a pipeline is made of. */
    public static List<EngineKind> children() {
        return List.of(KafkaTopic, KafkaConnector, FlinkDeployment);
    }

    /** For a client that does not know the kind. */
    public ResourceDefinitionContext context() {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(name())
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }
}
