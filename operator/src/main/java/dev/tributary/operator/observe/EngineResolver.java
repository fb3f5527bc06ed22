package dev.tributary.operator.observe;

import dev.tributary.api.v1alpha1.PipelineClass;
import dev.tributary.api.v1alpha1.PipelineClassSpec;
import dev.tributary.operator.OperatorConfig;
import dev.tributary.operator.clickhouse.ClickHouse;
import dev.tributary.operator.clickhouse.ClickHouseServers;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.Resolution;
import dev.tributary.operator.condition.Resolution.Resolved;
import dev.tributary.operator.condition.Resolution.Unresolved;
import dev.tributary.operator.kafka.Kafka;
import dev.tributary.operator.kafka.KafkaConnect;
import dev.tributary.operator.source.CaptureConnector;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds what a class refers to. */
@ApplicationScoped
public class EngineResolver {

    private final KubernetesClient client;
    private final OperatorConfig config;
    private final Secrets secrets;
    private final CaptureConnector connector;

    EngineResolver(KubernetesClient client, OperatorConfig config, Secrets secrets, CaptureConnector connector) {
        this.client = client;
        this.config = config;
        this.secrets = secrets;
        this.connector = connector;
    }

    /**
     * The engines of a class.
     *
     * @param pipelineClass the class
     * @param bootstrapServers of its Kafka listener, as Strimzi reports it
     * @param clickhouseCredentials keys username and password
     */
    public record Engines(
            PipelineClass pipelineClass, String bootstrapServers, Map<String, String> clickhouseCredentials) {

        /** The class's ClickHouse, as the class's user. */
        public ClickHouse clickHouse(ClickHouseServers servers) {
            return clickHouse(servers, pipelineClass.getSpec(), clickhouseCredentials);
        }

        static ClickHouse clickHouse(ClickHouseServers servers, PipelineClassSpec spec, Map<String, String> login) {
            return servers.at(
                    spec.clickhouse().url(),
                    login.getOrDefault(Secrets.USERNAME, ""),
                    login.getOrDefault(Secrets.PASSWORD, ""));
        }

        /** Without the credentials. */
        @Override
        public String toString() {
            return "Engines[" + pipelineClass.getMetadata().getName() + ", " + bootstrapServers + "]";
        }
    }

    /** The engines, or the first thing that is missing. */
    public Resolution<Engines> resolve(PipelineClass pipelineClass) {
        PipelineClassSpec spec = pipelineClass.getSpec();
        String className = pipelineClass.getMetadata().getName();
        Set<String> unwatched = unwatched(spec);
        if (!unwatched.isEmpty()) {
            return Resolution.blocked(
                    Reason.NamespaceNotWatched,
                    "PipelineClass " + className + " uses namespace " + String.join(", ", unwatched)
                            + ", which the operator does not watch: add it to the operator's kafka-namespaces or"
                            + " flink-namespaces");
        }
        Optional<String> bootstrap = bootstrapServers(spec);
        if (bootstrap.isEmpty()) {
            return Resolution.blocked(
                    Reason.KafkaNotFound,
                    "Kafka " + spec.kafka().namespace() + "/" + spec.kafka().cluster()
                            + " does not exist or has no listener "
                            + spec.kafka().listener() + " in its status: correct spec.kafka of PipelineClass "
                            + className);
        }
        KafkaConnect connect = client.resources(KafkaConnect.class)
                .inNamespace(spec.connect().namespace())
                .withName(spec.connect().cluster())
                .get();
        String connectName = "KafkaConnect " + spec.connect().namespace() + "/"
                + spec.connect().cluster();
        if (connect == null) {
            return Resolution.blocked(
                    Reason.ConnectNotFound,
                    connectName + " does not exist: correct spec.connect of PipelineClass " + className);
        }
        if (connect.lacks(connector.connectorClass())) {
            return Resolution.blocked(
                    Reason.ConnectorPluginMissing,
                    connectName + " has no plugin " + connector.connectorClass()
                            + ": add Debezium's connector to its image");
        }
        return switch (secrets.credentials(
                config.namespace(),
                spec.clickhouse().credentials().secretName(),
                "spec.clickhouse.credentials of PipelineClass " + className)) {
            case Unresolved<Map<String, String>> missing -> new Unresolved<>(missing.why());
            case Resolved<Map<String, String>> found ->
                new Resolved<>(new Engines(pipelineClass, bootstrap.get(), found.value()));
        };
    }

    private Set<String> unwatched(PipelineClassSpec spec) {
        Set<String> unwatched =
                new TreeSet<>(List.of(spec.kafka().namespace(), spec.connect().namespace()));
        unwatched.removeAll(config.kafkaNamespaces());
        if (!config.flinkNamespaces().contains(spec.flink().namespace())) {
            unwatched.add(spec.flink().namespace());
        }
        return unwatched;
    }

    private Optional<String> bootstrapServers(PipelineClassSpec spec) {
        Kafka kafka = client.resources(Kafka.class)
                .inNamespace(spec.kafka().namespace())
                .withName(spec.kafka().cluster())
                .get();
        return Optional.ofNullable(kafka)
                .flatMap(k -> k.bootstrapServers(spec.kafka().listener()));
    }
}
