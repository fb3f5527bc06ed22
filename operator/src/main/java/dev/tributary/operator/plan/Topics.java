package dev.tributary.operator.plan;

import dev.tributary.api.v1alpha1.PipelineClassSpec;
import dev.tributary.operator.claim.Identity;
import dev.tributary.operator.kafka.KafkaTopic;
import dev.tributary.operator.kafka.Strimzi;
import dev.tributary.operator.kubernetes.Labels;
import dev.tributary.operator.source.CaptureConnector;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The topics of a pipeline. */
final class Topics {

    /** Kafka measures a batch after compression, which makes a record that cannot be compressed a little larger. */
    private static final int BATCH_OVERHEAD = 65536;

    private Topics() {}

    static List<KafkaTopic> of(PlanInput input, List<PlannedTable> tables, CaptureConnector connector) {
        List<KafkaTopic> topics = new ArrayList<>();
        int partitions = input.references().pipelineClass().kafka().topics().partitions();
        for (PlannedTable table : tables) {
            topics.add(topic(input, table.topic(), partitions));
        }
        topics.add(topic(input, connector.heartbeatTopic(input.identity().topicPrefix()), 1));
        return topics;
    }

    private static KafkaTopic topic(PlanInput input, String name, int partitions) {
        Identity identity = input.identity();
        PipelineClassSpec.Kafka kafka = input.references().pipelineClass().kafka();
        Map<String, String> labels =
                new LinkedHashMap<>(Labels.of(identity.tenant(), identity.namespace(), identity.name()));
        labels.put(Strimzi.CLUSTER_LABEL, kafka.cluster());
        Map<String, Object> config = new LinkedHashMap<>();
        // A compacted topic would lose the order of changes that the job's checkpoints rely on.
        config.put("cleanup.policy", "delete");
        config.put("retention.ms", Durations.milliseconds(kafka.topics().retention()));
        config.put("max.message.bytes", kafka.topics().maxRecordBytes() + BATCH_OVERHEAD);
        KafkaTopic topic = new KafkaTopic();
        topic.setMetadata(new ObjectMetaBuilder()
                .withNamespace(kafka.namespace())
                .withName(identity.topicResourceName(name))
                .withLabels(labels)
                .build());
        topic.setSpec(new KafkaTopic.Spec(name, partitions, kafka.topics().replicas(), config));
        return topic;
    }
}
