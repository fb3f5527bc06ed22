package dev.tributary.operator.pipeline;

import dev.tributary.api.v1alpha1.PipelineClass;
import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.operator.OperatorConfig;
import dev.tributary.operator.flink.FlinkDeployment;
import dev.tributary.operator.kafka.KafkaConnector;
import dev.tributary.operator.kafka.KafkaTopic;
import dev.tributary.operator.kubernetes.Labels;
import dev.tributary.operator.report.PipelineMetrics;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What wakes a pipeline: its children, known by their labels, and its class. */
@ApplicationScoped
class EventSources {

    private final OperatorConfig config;
    private final PipelineMetrics metrics;

    EventSources(OperatorConfig config, PipelineMetrics metrics) {
        this.config = config;
        this.metrics = metrics;
    }

    List<EventSource<?, TenantPipeline>> of(EventSourceContext<TenantPipeline> context) {
        metrics.show(context.getPrimaryCache());
        return List.of(
                children(KafkaTopic.class, config.kafkaNamespaces(), context),
                children(KafkaConnector.class, config.kafkaNamespaces(), context),
                children(FlinkDeployment.class, config.flinkNamespaces(), context),
                classes(context));
    }

    private <R extends HasMetadata> EventSource<R, TenantPipeline> children(
            Class<R> kind, Set<String> namespaces, EventSourceContext<TenantPipeline> context) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(kind, TenantPipeline.class)
                        .withNamespaces(namespaces)
                        .withLabelSelector(Labels.SELECTOR)
                        .withSecondaryToPrimaryMapper(
                                child -> Labels.pipelineOf(child).stream().collect(Collectors.toSet()))
                        .build(),
                context);
    }

    /** A class is nobody's child: all pipelines look at theirs again. */
    private static EventSource<PipelineClass, TenantPipeline> classes(EventSourceContext<TenantPipeline> context) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(PipelineClass.class, TenantPipeline.class)
                        .withSecondaryToPrimaryMapper(pipelineClass -> context.getPrimaryCache()
                                .list()
                                .map(ResourceID::fromResource)
                                .collect(Collectors.toSet()))
                        .build(),
                context);
    }
}
