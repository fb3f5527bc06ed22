package dev.tributary.operator.kafka;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Strimzi's KafkaConnector: only what is written and read here. */
@Group(Strimzi.GROUP)
@Version(Strimzi.VERSION)
public class KafkaConnector extends CustomResource<KafkaConnector.Spec, KafkaConnector.Status> implements Namespaced {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Spec(
            @JsonProperty("class") @Nullable String className,
            @Nullable Integer tasksMax,
            @Nullable AutoRestart autoRestart,
            @Nullable Map<String, String> config,
            @Nullable String state) {

        /** The same connector in another state. */
        public Spec in(String newState) {
            return new Spec(className, tasksMax, autoRestart, config, newState);
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record AutoRestart(boolean enabled) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Status(
            @Nullable Long observedGeneration,
            @Nullable List<Strimzi.Condition> conditions,
            @Nullable ConnectorStatus connectorStatus) {}

    /** What Connect's REST API says of the connector. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ConnectorStatus(
            @Nullable State connector, @Nullable List<State> tasks) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record State(@Nullable String state, @Nullable String trace) {}

    /** Whether Connect has stopped it, as it was told last. */
    @JsonIgnore
    public boolean hasStopped() {
        Status status = getStatus();
        return "stopped".equals(getSpec().state())
                && status != null
                && getMetadata().getGeneration().equals(status.observedGeneration())
                && status.connectorStatus() != null
                && status.connectorStatus().connector() != null
                && "STOPPED".equals(status.connectorStatus().connector().state());
    }

    /** Whether Connect turned down its configuration, as Strimzi tells of this generation. */
    @JsonIgnore
    public boolean isTurnedDown() {
        return verdict() instanceof Strimzi.Verdict.NotReady notReady && notReady.turnedDown();
    }

    /** Whether Connect runs it and all its tasks. */
    @JsonIgnore
    public boolean isRunning() {
        ConnectorStatus status = getStatus() == null ? null : getStatus().connectorStatus();
        return status != null
                && status.connector() != null
                && "RUNNING".equals(status.connector().state())
                && status.tasks() != null
                && !status.tasks().isEmpty()
                && status.tasks().stream().allMatch(t -> "RUNNING".equals(t.state()));
    }

    /** Kind, namespace and name, as messages name it. */
    public String describe() {
        return "KafkaConnector " + getMetadata().getNamespace() + "/"
                + getMetadata().getName();
    }

    /** What Strimzi says of it. */
    public Strimzi.Verdict verdict() {
        return Strimzi.verdict(
                getMetadata().getGeneration(),
                getStatus() == null ? null : getStatus().observedGeneration(),
                getStatus() == null ? null : getStatus().conditions());
    }
}
