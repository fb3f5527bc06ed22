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
import dev.tributary.operator.condition.StageResult;
import dev.tributary.operator.flink.FlinkDeployment;
import dev.tributary.operator.kafka.Kafka;
import dev.tributary.operator.kafka.KafkaConnect;
import dev.tributary.operator.kafka.KafkaConnector;
import dev.tributary.operator.kubernetes.ServedKinds;
import dev.tributary.operator.source.CaptureConnector;
import dev.tributary.operator.source.ConnectorChoice;
import io.fabric8.kubernetes.api.model.HasMetadata;
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
    private final Listeners listeners;
    private final ServedKinds kinds;

    EngineResolver(
            KubernetesClient client,
            OperatorConfig config,
            Secrets secrets,
            CaptureConnector connector,
            Listeners listeners,
            ServedKinds kinds) {
        this.client = client;
        this.config = config;
        this.secrets = secrets;
        this.connector = connector;
        this.listeners = listeners;
        this.kinds = kinds;
    }

    /**
     * The engines of a class.
     *
     * @param pipelineClass the class
     * @param bootstrapServers of its Kafka listener, as Strimzi reports it
     * @param connectorClass of Debezium's connector; empty while Connect does not tell which it has
     * @param clickhouseCredentials keys username and password
     */
    public record Engines(
            PipelineClass pipelineClass,
            String bootstrapServers,
            Optional<String> connectorClass,
            Map<String, String> clickhouseCredentials) {

        /**
         * The class for a pipeline's connector, or that it cannot be known yet.
         *
         * @param connector the pipeline's, if there is one: it keeps its class while Connect does not answer
         */
        Resolution<String> connectorClassFor(Optional<KafkaConnector> connector) {
            Optional<String> known =
                    connectorClass.or(() -> connector.map(c -> c.getSpec().className()));
            if (known.isPresent()) {
                return new Resolved<>(known.get());
            }
            PipelineClassSpec.Connect connect = pipelineClass.getSpec().connect();
            return Resolution.blocked(
                    Reason.ConnectNotReady,
                    "KafkaConnect " + connect.namespace() + "/" + connect.cluster()
                            + " does not list its plugins: see its status; this is tried again by itself");
        }

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
        Set<String> unwatched = unwatched(spec);
        if (!unwatched.isEmpty()) {
            return Resolution.blocked(
                    Reason.NamespaceNotWatched,
                    "PipelineClass " + pipelineClass.getMetadata().getName() + " uses namespace "
                            + String.join(", ", unwatched)
                            + ", which the operator does not watch: add it to the operator's kafka-namespaces or"
                            + " flink-namespaces");
        }
        Optional<StageResult.Blocked> notInstalled = notInstalled(KafkaConnector.class, "Strimzi")
                .or(() -> notInstalled(FlinkDeployment.class, "the Flink Kubernetes Operator"));
        if (notInstalled.isPresent()) {
            return new Unresolved<>(notInstalled.get());
        }
        Kafka kafka = client.resources(Kafka.class)
                .inNamespace(spec.kafka().namespace())
                .withName(spec.kafka().cluster())
                .get();
        return switch (listeners.bootstrapServers(kafka, pipelineClass)) {
            case Unresolved<String> missing -> new Unresolved<>(missing.why());
            case Resolved<String> found -> withConnect(pipelineClass, found.value());
        };
    }

    private Optional<StageResult.Blocked> notInstalled(Class<? extends HasMetadata> kind, String operator) {
        return kinds.serves(kind)
                ? Optional.empty()
                : Optional.of(new StageResult.Blocked(
                        Reason.EngineNotInstalled,
                        "the API server does not serve " + HasMetadata.getKind(kind) + " ("
                                + HasMetadata.getApiVersion(kind) + "): install " + operator
                                + " with its CRDs; this is tried again by itself"));
    }

    private Resolution<Engines> withConnect(PipelineClass pipelineClass, String bootstrapServers) {
        PipelineClassSpec spec = pipelineClass.getSpec();
        KafkaConnect connect = client.resources(KafkaConnect.class)
                .inNamespace(spec.connect().namespace())
                .withName(spec.connect().cluster())
                .get();
        String connectName = "KafkaConnect " + spec.connect().namespace() + "/"
                + spec.connect().cluster();
        if (connect == null) {
            return Resolution.blocked(
                    Reason.ConnectNotFound,
                    connectName + " does not exist: correct spec.connect of PipelineClass "
                            + pipelineClass.getMetadata().getName());
        }
        return switch (connect.plugins().map(connector::choose).orElse(null)) {
            case null -> withCredentials(pipelineClass, bootstrapServers, Optional.empty());
            case ConnectorChoice.Use use ->
                withCredentials(pipelineClass, bootstrapServers, Optional.of(use.connectorClass()));
            case ConnectorChoice.Missing missing ->
                Resolution.blocked(Reason.ConnectorPluginMissing, connectName + " " + missing.problem());
            case ConnectorChoice.LosesRows loses ->
                Resolution.blocked(Reason.ConnectorLosesRows, connectName + " " + loses.problem());
        };
    }

    private Resolution<Engines> withCredentials(
            PipelineClass pipelineClass, String bootstrapServers, Optional<String> connectorClass) {
        return switch (secrets.credentials(
                config.namespace(),
                pipelineClass.getSpec().clickhouse().credentials().secretName(),
                "spec.clickhouse.credentials of PipelineClass "
                        + pipelineClass.getMetadata().getName())) {
            case Unresolved<Map<String, String>> missing -> new Unresolved<>(missing.why());
            case Resolved<Map<String, String>> found ->
                new Resolved<>(new Engines(pipelineClass, bootstrapServers, connectorClass, found.value()));
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
}
