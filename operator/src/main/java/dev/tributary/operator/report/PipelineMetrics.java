package dev.tributary.operator.report;

import dev.tributary.api.v1alpha1.TenantPipeline;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of all pipelines as a metric, read from the informer's cache when somebody scrapes: nothing to keep in
 * step, and a pipeline that is gone has none.
 */
@ApplicationScoped
public class PipelineMetrics {

    private static final OperatorMetric CONDITION = OperatorMetric.PIPELINE_CONDITION;

    private final AtomicReference<@Nullable IndexerResourceCache<TenantPipeline>> pipelines = new AtomicReference<>();

    PipelineMetrics(PrometheusMeterRegistry registry) {
        registry.getPrometheusRegistry().register(new Collector() {
            @Override
            public List<MetricFamilySamples> collect() {
                return List.of(conditions());
            }
        });
    }

    /** From now on, these are the pipelines. */
    public void show(IndexerResourceCache<TenantPipeline> cache) {
        pipelines.set(cache);
    }

    private GaugeMetricFamily conditions() {
        GaugeMetricFamily family =
                new GaugeMetricFamily(CONDITION.prometheusName(), CONDITION.help(), CONDITION.labels());
        IndexerResourceCache<TenantPipeline> cache = pipelines.get();
        if (cache != null) {
            cache.list().forEach(pipeline -> add(family, pipeline));
        }
        return family;
    }

    private static void add(GaugeMetricFamily family, TenantPipeline pipeline) {
        if (pipeline.getStatus() == null || pipeline.getStatus().conditions() == null) {
            return;
        }
        for (Condition condition : pipeline.getStatus().conditions()) {
            family.addMetric(
                    List.of(
                            pipeline.getMetadata().getNamespace(),
                            pipeline.getMetadata().getName(),
                            pipeline.getSpec().tenant(),
                            condition.getType(),
                            condition.getStatus(),
                            condition.getReason()),
                    1);
        }
    }
}
