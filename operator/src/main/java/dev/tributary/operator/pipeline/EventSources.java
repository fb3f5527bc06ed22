package dev.tributary.operator.pipeline;

import dev.tributary.api.v1alpha1.PipelineClass;
import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.operator.OperatorConfig;
import dev.tributary.operator.flink.FlinkDeployment;
import dev.tributary.operator.kafka.KafkaConnector;
import dev.tributary.operator.kafka.KafkaTopic;
import dev.tributary.operator.kubernetes.Labels;
import dev.tributary.operator.kubernetes.ServedKinds;
import dev.tributary.operator.report.PipelineMetrics;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * What wakes a pipeline: its children, known by their labels, and its class. A kind that is not served when the operator
 * starts is watched once it is: waiting for it would hold up the start for minutes.
 */
@ApplicationScoped
class EventSources {

    private static final Logger LOG = Logger.getLogger(EventSources.class);

    private final OperatorConfig config;
    private final ServedKinds kinds;
    private final PipelineMetrics metrics;
    private final List<InformerEventSource<? extends HasMetadata, TenantPipeline>> missing = new ArrayList<>();

    EventSources(OperatorConfig config, ServedKinds kinds, PipelineMetrics metrics) {
        this.config = config;
        this.kinds = kinds;
        this.metrics = metrics;
    }

    /** What is to be watched from the start. */
    synchronized List<EventSource<?, TenantPipeline>> of(EventSourceContext<TenantPipeline> context) {
        metrics.show(context.getPrimaryCache());
        List<EventSource<?, TenantPipeline>> served = new ArrayList<>(List.of(classes(context)));
        for (InformerEventSource<? extends HasMetadata, TenantPipeline> children : List.of(
                children(KafkaTopic.class, config.kafkaNamespaces(), context),
                children(KafkaConnector.class, config.kafkaNamespaces(), context),
                children(FlinkDeployment.class, config.flinkNamespaces(), context))) {
            if (isServed(children)) {
                served.add(children);
            } else {
                LOG.warnf("%s is not served, and is watched once it is", kind(children));
                missing.add(children);
            }
        }
        return served;
    }

    /** Watches what has come to be served since. */
    synchronized void complete(Context<TenantPipeline> context) {
        for (Iterator<InformerEventSource<? extends HasMetadata, TenantPipeline>> left = missing.iterator();
                left.hasNext(); ) {
            InformerEventSource<? extends HasMetadata, TenantPipeline> children = left.next();
            if (isServed(children)) {
                context.eventSourceRetriever().dynamicallyRegisterEventSource(children);
                left.remove();
                LOG.infof("%s is served now, and is watched", kind(children));
            }
        }
    }

    private boolean isServed(InformerEventSource<? extends HasMetadata, TenantPipeline> children) {
        try {
            return kinds.serves(children.resourceType());
        } catch (KubernetesClientException e) {
            // The API server is away: it is asked again by the first pass.
            return false;
        }
    }

    private static String kind(InformerEventSource<? extends HasMetadata, TenantPipeline> children) {
        return HasMetadata.getFullResourceName(children.resourceType());
    }

    private <R extends HasMetadata> InformerEventSource<R, TenantPipeline> children(
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
