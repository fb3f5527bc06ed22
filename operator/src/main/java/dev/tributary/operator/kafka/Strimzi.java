package dev.tributary.operator.kafka;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Strimzi's resources have in common. */
public final class Strimzi {
    public static final String GROUP = "kafka.strimzi.io";
    public static final String VERSION = "v1";

    /** Names the cluster that a KafkaTopic or KafkaConnector belongs to. */
    public static final String CLUSTER_LABEL = "strimzi.io/cluster";

    /** {@code "false"}: the topic operator leaves the topic alone, and keeps it when the resource is deleted. */
    public static final String MANAGED_ANNOTATION = "strimzi.io/managed";

    /** {@code reset}: Connect forgets a stopped connector's offsets; Strimzi removes the annotation when done. */
    public static final String CONNECTOR_OFFSETS_ANNOTATION = "strimzi.io/connector-offsets";

    private Strimzi() {}

    /** A condition as Strimzi writes it. An error is {@code Ready=False} for a topic, {@code NotReady=True} for others. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Condition(
            String type,
            String status,
            @Nullable String reason,
            @Nullable String message) {}

    /** What a resource's conditions amount to. */
    public sealed interface Verdict {
        /** The resource is as its spec says. */
        record Ready() implements Verdict {}

        /** Strimzi has not looked at this generation yet. */
        record Waiting() implements Verdict {}

        /** Topic operator: the resource no longer manages its topic. */
        record Unmanaged() implements Verdict {}

        /** Strimzi says why it cannot. */
        record NotReady(String reason, String message) implements Verdict {

            /** Strimzi gives the class of the exception that Connect's REST API ended in as the reason. */
            private static final Set<String> AWAY = Set.of(
                    "ConnectException",
                    "ConnectTimeoutException",
                    "HttpConnectTimeoutException",
                    "HttpTimeoutException",
                    "NoRouteToHostException",
                    "TimeoutException",
                    "UnknownHostException");

            /** Whether nothing answered where Connect should be. */
            public boolean connectIsAway() {
                return AWAY.contains(reason);
            }

            /**
             * Whether Connect turned down a new connector: nothing of it runs, and nothing can be stopped. Strimzi creates by
             * POST; after a refused PUT the connector goes on with the configuration that it had.
             */
            public boolean turnedDown() {
                return message.contains("POST /connectors returned 400 ");
            }
        }
    }

    /** Reads a resource's conditions, which mean nothing unless they are about its current generation. */
    public static Verdict verdict(
            @Nullable Long generation, @Nullable Long observedGeneration, @Nullable List<Condition> conditions) {
        if (generation == null || !generation.equals(observedGeneration) || conditions == null) {
            return new Verdict.Waiting();
        }
        Optional<Condition> error = conditions.stream()
                .filter(c -> is(c, "NotReady", "True") || is(c, "Ready", "False"))
                .findFirst();
        if (error.isPresent()) {
            return new Verdict.NotReady(
                    Optional.ofNullable(error.get().reason()).orElse("Unknown"),
                    Optional.ofNullable(error.get().message()).orElse("no message"));
        }
        if (conditions.stream().anyMatch(c -> is(c, "Unmanaged", "True"))) {
            return new Verdict.Unmanaged();
        }
        return conditions.stream().anyMatch(c -> is(c, "Ready", "True")) ? new Verdict.Ready() : new Verdict.Waiting();
    }

    private static boolean is(Condition condition, String type, String status) {
        return type.equals(condition.type()) && status.equals(condition.status());
    }
}
