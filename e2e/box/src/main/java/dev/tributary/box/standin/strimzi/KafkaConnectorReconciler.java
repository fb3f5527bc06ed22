package dev.tributary.box.standin.strimzi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.box.standin.Condition;
import dev.tributary.box.standin.Json;
import dev.tributary.box.standin.Reconciler;
import dev.tributary.box.standin.StatusWriter;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Plays what Strimzi's cluster operator does for a KafkaConnector. */
final class KafkaConnectorReconciler implements Reconciler {

    private static final Duration STEADY = Duration.ofSeconds(5);
    /** Connect answers 409 while its group rebalances, and has no status for a connector it has not assigned yet. */
    private static final Duration REBALANCING = Duration.ofMillis(200);

    private final KubernetesClient client;
    private final StrimziEngines engines;
    private final ConnectRest connect;
    private final ConnectorVerbs verbs;
    private final StatusWriter statuses;
    private final Clock clock;

    KafkaConnectorReconciler(KubernetesClient client, StrimziEngines engines, ConnectRest connect, Clock clock) {
        this.client = client;
        this.engines = engines;
        this.connect = connect;
        this.verbs = new ConnectorVerbs(client, connect);
        this.statuses = new StatusWriter(client, Strimzi.KAFKA_CONNECTOR, clock);
        this.clock = clock;
    }

    @Override
    public Duration reconcile(GenericKubernetesResource resource) throws InterruptedException {
        if (Strimzi.paused(resource)) {
            reportPaused(resource);
            return STEADY;
        }
        KafkaConnectorSpec spec = KafkaConnectorSpec.of(resource);
        Optional<Condition> refusal = refusal(resource);
        if (refusal.isPresent()) {
            report(resource, spec, null, List.of(refusal.get()));
            return Strimzi.SOON;
        }
        try {
            return createOrUpdate(resource, spec);
        } catch (IllegalArgumentException e) {
            report(resource, spec, null, List.of(Strimzi.notReady("InvalidConfigParameterException", e.getMessage())));
        } catch (ConnectRestException e) {
            if (e.statusCode() == 409) {
                return REBALANCING;
            }
            report(resource, spec, null, List.of(notReady(e)));
        } catch (IOException e) {
            report(resource, spec, null, List.of(notReady(e)));
        }
        return Strimzi.SOON.multipliedBy(2);
    }

    @Override
    public void deleted(GenericKubernetesResource last) throws IOException, InterruptedException {
        if (refusal(last).isEmpty()) {
            connect.delete(last.getMetadata().getName());
        }
    }

    private Duration createOrUpdate(GenericKubernetesResource resource, KafkaConnectorSpec spec)
            throws IOException, InterruptedException {
        ObjectNode wanted = spec.configuration();
        Optional<JsonNode> actual = connect.config(spec.name());
        List<Condition> warnings = List.of();
        if (actual.isEmpty()) {
            ObjectNode config = wanted.deepCopy();
            config.remove("name");
            connect.create(spec.name(), config, spec.state().orElse(null));
        } else if (!actual.get().equals(wanted)) {
            connect.update(spec.name(), wanted);
        }
        Optional<ConnectorStatus> found = connect.status(spec.name()).map(ConnectorStatus::new);
        if (found.isEmpty()) {
            return REBALANCING;
        }
        boolean moved = bringToState(spec, found.get());
        if (actual.isPresent()) {
            warnings = verbs.act(resource, spec);
        }
        ConnectorStatus status =
                connect.status(spec.name()).map(ConnectorStatus::new).orElse(found.get());
        Restarted restarted = autoRestart(resource, spec, status);
        List<Condition> conditions = new ArrayList<>();
        conditions.add(condition(restarted.status()));
        conditions.addAll(warnings);
        report(resource, spec, restarted, conditions);
        boolean settled = !moved && status.settled(spec.state().orElse("RUNNING"));
        return settled && warnings.isEmpty() ? STEADY : Duration.ofMillis(500);
    }

    /** Whether a change of state was asked for. States in which a connector does not stay are left alone, as in Strimzi. */
    private boolean bringToState(KafkaConnectorSpec spec, ConnectorStatus status)
            throws IOException, InterruptedException {
        String wanted = spec.state().orElse("RUNNING");
        String actual = status.state();
        if (actual.equals(wanted)
                || !List.of("RUNNING", "PAUSED", "STOPPED", "FAILED").contains(actual)) {
            return false;
        }
        if (actual.equals("FAILED")) {
            if (wanted.equals("PAUSED")) {
                throw new IOException("Connector " + spec.name() + " cannot be paused since it is in failed state.");
            }
            if (wanted.equals("RUNNING")) {
                return false;
            }
        }
        connect.changeState(
                spec.name(),
                switch (wanted) {
                    case "PAUSED" -> "pause";
                    case "STOPPED" -> "stop";
                    default -> "resume";
                });
        return true;
    }

    /** @param history null when there were no restarts, or none to remember */
    private record Restarted(
            ConnectorStatus status, @Nullable AutoRestart history, JsonNode topics) {}

    private Restarted autoRestart(GenericKubernetesResource resource, KafkaConnectorSpec spec, ConnectorStatus status)
            throws IOException, InterruptedException {
        JsonNode topics = connect.topics(spec.name());
        AutoRestart history = AutoRestart.of(
                        Json.tree(resource.getAdditionalProperties().get("status")))
                .orElse(null);
        if (!spec.autoRestart()) {
            return new Restarted(status, null, topics);
        }
        if (!status.anythingFailed()) {
            return new Restarted(status, history == null || history.forgotten(clock) ? null : history, topics);
        }
        if (history != null && !history.due(clock, spec.maxRestarts())) {
            return new Restarted(status, history, topics);
        }
        AutoRestart next = history == null ? AutoRestart.first(clock) : history.next(clock);
        JsonNode planned = connect.restart(spec.name(), true, true);
        return new Restarted(planned.isEmpty() ? status : new ConnectorStatus(planned), next, topics);
    }

    private Optional<Condition> refusal(GenericKubernetesResource resource) {
        String namespace = resource.getMetadata().getNamespace();
        String cluster = Strimzi.label(resource, Strimzi.CLUSTER_LABEL);
        if (cluster == null) {
            return Optional.of(Strimzi.notReady(
                    "InvalidResourceException",
                    "Resource lacks label '" + Strimzi.CLUSTER_LABEL
                            + "': No connect cluster in which to create this connector."));
        }
        GenericKubernetesResource owner = client.genericKubernetesResources(Strimzi.KAFKA_CONNECT)
                .inNamespace(namespace)
                .withName(cluster)
                .get();
        if (owner == null) {
            return Optional.of(Strimzi.notReady(
                    "NoSuchResourceException",
                    "KafkaConnect resource '" + cluster + "' identified by label '" + Strimzi.CLUSTER_LABEL
                            + "' does not exist in namespace " + namespace + "."));
        }
        if (!engines.namespace().equals(namespace) || !engines.connect().equals(cluster)) {
            return Optional.of(Strimzi.unsupported(
                    "Here is one Connect cluster only, " + engines.namespace() + "/" + engines.connect()));
        }
        if (!"true".equals(Strimzi.annotation(owner, Strimzi.USE_CONNECTOR_RESOURCES))) {
            return Optional.of(Strimzi.notReady(
                    "NoSuchResourceException",
                    "KafkaConnect " + cluster + " is not configured with annotation "
                            + Strimzi.USE_CONNECTOR_RESOURCES));
        }
        return Optional.empty();
    }

    private static Condition condition(ConnectorStatus status) {
        if (status.connectorFailed()) {
            return Strimzi.notReady("Throwable", "Connector has failed, see connectorStatus for more details.");
        }
        List<String> failed = status.failedTasks();
        if (!failed.isEmpty()) {
            return Strimzi.notReady(
                    "Throwable",
                    "The following tasks have failed: " + String.join(", ", failed)
                            + ", see connectorStatus for more details.");
        }
        return Condition.of("Ready");
    }

    private static Condition notReady(IOException e) {
        return Strimzi.notReady(e.getClass().getSimpleName(), e.getMessage());
    }

    private void reportPaused(GenericKubernetesResource resource) {
        JsonNode before = Json.tree(resource.getAdditionalProperties().get("status"));
        ObjectNode status = Json.object();
        status.put("observedGeneration", before.path("observedGeneration").asLong());
        statuses.write(resource, status, List.of(Condition.of("ReconciliationPaused")));
    }

    private void report(
            GenericKubernetesResource resource,
            KafkaConnectorSpec spec,
            @Nullable Restarted result,
            List<Condition> conditions) {
        ObjectNode status = Json.object();
        status.put("observedGeneration", resource.getMetadata().getGeneration());
        int tasks = spec.tasksMax().orElse(result == null ? 0 : result.status().tasks());
        status.put("tasksMax", tasks);
        if (result != null) {
            status.set("connectorStatus", result.status().json());
            TreeSet<String> sorted = new TreeSet<>();
            result.topics().forEach(topic -> sorted.add(topic.asText()));
            ArrayNode topics = status.putArray("topics");
            sorted.forEach(topics::add);
            if (result.history() != null) {
                status.set("autoRestart", result.history().json());
            }
        }
        statuses.write(resource, status, conditions);
    }
}
