package dev.tributary.operator.observe;

import dev.tributary.api.v1alpha1.PipelineClass;
import dev.tributary.api.v1alpha1.PipelineClassSpec;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.Resolution;
import dev.tributary.operator.condition.Resolution.Resolved;
import dev.tributary.operator.kafka.Kafka;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where clients of Kafka connect. It remembers: Strimzi leaves the listeners out of the status of a Kafka that has a problem,
 * and a broker that is away for a moment is no reason to forget what it is called.
 */
@ApplicationScoped
class Listeners {

    private final Map<PipelineClassSpec.Kafka, String> known = new ConcurrentHashMap<>();

    /**
     * The bootstrap servers of a class's listener, or why they are not known.
     *
     * @param kafka the cluster that the class names; null when there is none
     */
    Resolution<String> bootstrapServers(@Nullable Kafka kafka, PipelineClass pipelineClass) {
        PipelineClassSpec.Kafka wanted = pipelineClass.getSpec().kafka();
        String name = "Kafka " + wanted.namespace() + "/" + wanted.cluster();
        if (kafka == null
                || (kafka.listsListeners()
                        && kafka.bootstrapServers(wanted.listener()).isEmpty())) {
            return Resolution.blocked(
                    Reason.KafkaNotFound,
                    name + " does not exist or has no listener " + wanted.listener()
                            + " in its status: correct spec.kafka of PipelineClass "
                            + pipelineClass.getMetadata().getName());
        }
        Optional<String> now = kafka.bootstrapServers(wanted.listener());
        now.ifPresent(servers -> known.put(wanted, servers));
        String servers = known.get(wanted);
        return servers == null
                ? Resolution.blocked(
                        Reason.KafkaUnreachable,
                        name + " does not list its listeners: see its status; this is tried again by itself")
                : new Resolved<>(servers);
    }
}
