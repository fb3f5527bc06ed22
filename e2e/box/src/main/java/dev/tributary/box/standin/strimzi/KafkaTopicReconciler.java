package dev.tributary.box.standin.strimzi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.box.standin.Condition;
import dev.tributary.box.standin.Json;
import dev.tributary.box.standin.Reconciler;
import dev.tributary.box.standin.StatusWriter;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.ApiException;
import org.jspecify.annotations.Nullable;

/** Plays the topic operator: one way, from the resource to Kafka. */
final class KafkaTopicReconciler implements Reconciler {

    /** Long: only somebody who changes the topic behind the operator's back makes it matter. */
    private static final Duration STEADY = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final StrimziEngines engines;
    private final TopicAdmin kafka;
    private final StatusWriter statuses;
    private Supplier<List<GenericKubernetesResource>> siblings = List::of;

    KafkaTopicReconciler(KubernetesClient client, StrimziEngines engines, TopicAdmin kafka, Clock clock) {
        this.client = client;
        this.engines = engines;
        this.kafka = kafka;
        this.statuses = new StatusWriter(client, Strimzi.KAFKA_TOPIC, clock);
    }

    /** Where all KafkaTopics are to be seen; two may ask for the same topic. */
    void siblings(Supplier<List<GenericKubernetesResource>> known) {
        this.siblings = known;
    }

    @Override
    public Duration reconcile(GenericKubernetesResource resource) throws InterruptedException {
        if (!watched(resource)) {
            return STEADY;
        }
        try {
            if (resource.isMarkedForDeletion()) {
                return delete(resource);
            }
            if (!KafkaTopicSpec.managed(resource)) {
                report(resource, null, null, Condition.of("Unmanaged"));
                return STEADY;
            }
            requireUnchangedName(resource);
            requireOldest(resource);
            if (Strimzi.paused(resource)) {
                report(resource, KafkaTopicSpec.topicName(resource), null, Condition.of("ReconciliationPaused"));
                return STEADY;
            }
            return createOrUpdate(resource);
        } catch (Refused e) {
            fail(resource, e.reason, e.getMessage());
        } catch (KafkaTopicSpec.InvalidValue e) {
            fail(resource, "InternalError", e.getMessage());
        } catch (TopicAdmin.KafkaFailure e) {
            fail(resource, e.getCause() instanceof ApiException ? "KafkaError" : "InternalError", e.getMessage());
        }
        return Strimzi.SOON.multipliedBy(2);
    }

    private boolean watched(GenericKubernetesResource resource) {
        return engines.namespace().equals(resource.getMetadata().getNamespace())
                && engines.kafka().equals(Strimzi.label(resource, Strimzi.CLUSTER_LABEL));
    }

    private Duration createOrUpdate(GenericKubernetesResource resource)
            throws InterruptedException, TopicAdmin.KafkaFailure, KafkaTopicSpec.InvalidValue, Refused {
        addFinalizer(resource);
        KafkaTopicSpec spec = KafkaTopicSpec.of(resource);
        Optional<TopicAdmin.Topic> found = kafka.find(spec.topicName());
        if (found.isEmpty()) {
            kafka.create(new NewTopic(spec.topicName(), spec.partitions(), spec.replicas()).configs(spec.config()));
            found = kafka.find(spec.topicName());
            if (found.isEmpty()) {
                // The broker's metadata lags behind the controller for a moment.
                return Duration.ofMillis(100);
            }
        }
        TopicAdmin.Topic topic = found.get();
        Collection<AlterConfigOp> changes = configChanges(spec, topic);
        if (!changes.isEmpty()) {
            kafka.alterConfig(spec.topicName(), changes);
        }
        int partitions = topic.description().partitions().size();
        if (spec.partitions().isPresent() && spec.partitions().get() > partitions) {
            kafka.increasePartitions(spec.topicName(), spec.partitions().get());
        }
        if (spec.partitions().isPresent() && spec.partitions().get() < partitions) {
            throw new Refused("NotSupported", "Decreasing partitions not supported");
        }
        requireSameReplicas(spec, topic);
        report(resource, spec.topicName(), topic.id(), Condition.of("Ready"));
        return STEADY;
    }

    /** What the resource says, and nothing that was set on the topic otherwise. */
    private static Collection<AlterConfigOp> configChanges(KafkaTopicSpec spec, TopicAdmin.Topic topic) {
        Map<String, ConfigEntry> actual = new HashMap<>();
        topic.config().forEach(entry -> actual.put(entry.name(), entry));
        List<AlterConfigOp> changes = new ArrayList<>();
        spec.config().forEach((key, value) -> {
            ConfigEntry entry = actual.get(key);
            if (entry == null || !Objects.equals(value, entry.value())) {
                changes.add(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET));
            }
        });
        actual.values().stream()
                .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .filter(entry -> !spec.config().containsKey(entry.name()))
                .forEach(entry -> changes.add(
                        new AlterConfigOp(new ConfigEntry(entry.name(), null), AlterConfigOp.OpType.DELETE)));
        return changes;
    }

    private static void requireSameReplicas(KafkaTopicSpec spec, TopicAdmin.Topic topic) throws Refused {
        if (spec.replicas().isEmpty()) {
            return;
        }
        List<Integer> different = topic.description().partitions().stream()
                .filter(partition ->
                        partition.replicas().size() != spec.replicas().get())
                .map(TopicPartitionInfo::partition)
                .toList();
        if (!different.isEmpty()) {
            throw new Refused(
                    "NotSupported",
                    "Replication factor change not supported, but required for partitions " + different);
        }
    }

    private static void requireUnchangedName(GenericKubernetesResource resource) throws Refused {
        String before = resource.get("status", "topicName");
        if (before != null && !before.equals(KafkaTopicSpec.topicName(resource))) {
            throw new Refused("NotSupported", "Changing spec.topicName is not supported");
        }
    }

    private void requireOldest(GenericKubernetesResource resource) throws Refused {
        String topic = KafkaTopicSpec.topicName(resource);
        Optional<GenericKubernetesResource> oldest = siblings.get().stream()
                .filter(this::watched)
                .filter(KafkaTopicSpec::managed)
                .filter(other -> topic.equals(KafkaTopicSpec.topicName(other)))
                // Created within the same second: the one that has the topic keeps it.
                .min(Comparator.<GenericKubernetesResource, Instant>comparing(
                                other -> Instant.parse(other.getMetadata().getCreationTimestamp()))
                        .thenComparing(other -> !ready(other))
                        .thenComparing(other -> other.getMetadata().getName()));
        if (oldest.isPresent()
                && !oldest.get()
                        .getMetadata()
                        .getName()
                        .equals(resource.getMetadata().getName())) {
            throw new Refused(
                    "ResourceConflict",
                    "Managed by Ref{namespace='" + engines.namespace() + "', name='"
                            + oldest.get().getMetadata().getName() + "'}");
        }
    }

    private static boolean ready(GenericKubernetesResource resource) {
        for (var condition :
                Json.tree(resource.getAdditionalProperties().get("status")).path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    private Duration delete(GenericKubernetesResource resource)
            throws InterruptedException, TopicAdmin.KafkaFailure, Refused {
        if (!resource.hasFinalizer(Strimzi.TOPIC_FINALIZER)) {
            return STEADY;
        }
        if (KafkaTopicSpec.managed(resource)) {
            requireUnchangedName(resource);
            kafka.delete(KafkaTopicSpec.topicName(resource));
        }
        edit(resource, current -> current.removeFinalizer(Strimzi.TOPIC_FINALIZER));
        return STEADY;
    }

    private void addFinalizer(GenericKubernetesResource resource) {
        if (!resource.hasFinalizer(Strimzi.TOPIC_FINALIZER)) {
            edit(resource, current -> current.addFinalizer(Strimzi.TOPIC_FINALIZER));
        }
    }

    private void edit(
            GenericKubernetesResource resource, java.util.function.Consumer<GenericKubernetesResource> change) {
        client.genericKubernetesResources(Strimzi.KAFKA_TOPIC)
                .inNamespace(resource.getMetadata().getNamespace())
                .withName(resource.getMetadata().getName())
                .edit(current -> {
                    change.accept(current);
                    return current;
                });
    }

    private void report(
            GenericKubernetesResource resource,
            @Nullable String topicName,
            @Nullable String topicId,
            Condition condition) {
        ObjectNode status = Json.object();
        status.put("observedGeneration", resource.getMetadata().getGeneration());
        if (topicName != null) {
            status.put("topicName", topicName);
        }
        if (topicId != null) {
            status.put("topicId", topicId);
        }
        statuses.write(resource, status, List.of(condition));
    }

    private void fail(GenericKubernetesResource resource, String reason, @Nullable String message) {
        String before = resource.get("status", "topicName");
        report(
                resource,
                before == null ? KafkaTopicSpec.topicName(resource) : before,
                resource.get("status", "topicId"),
                new Condition("Ready", "False", reason, message));
    }

    /** Strimzi says no. */
    private static final class Refused extends Exception {
        private final String reason;

        Refused(String reason, String message) {
            super(message);
            this.reason = reason;
        }
    }
}
