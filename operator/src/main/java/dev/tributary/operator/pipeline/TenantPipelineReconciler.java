package dev.tributary.operator.pipeline;

import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.operator.apply.Teardown;
import dev.tributary.operator.condition.ConditionType;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.flink.FlinkDeployment;
import dev.tributary.operator.kafka.KafkaConnector;
import dev.tributary.operator.kafka.KafkaTopic;
import dev.tributary.operator.observe.Observed;
import dev.tributary.operator.report.Conditions;
import dev.tributary.operator.report.Damping;
import dev.tributary.operator.report.Findings;
import dev.tributary.operator.report.StatusPatch;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Brings one pipeline from its spec to rows, and takes it down again. */
@ControllerConfiguration(
        name = "tenantpipeline",
        informer = @Informer(namespaces = Constants.WATCH_ALL_NAMESPACES),
        finalizerName = TenantPipelineReconciler.FINALIZER,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 5, timeUnit = TimeUnit.MINUTES))
// The default gives up after some attempts, and then nobody would look at the pipeline again.
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 1000, intervalMultiplier = 2, maxInterval = 15_000)
public class TenantPipelineReconciler implements Reconciler<TenantPipeline>, Cleaner<TenantPipeline> {

    static final String FINALIZER = "tributary.dev/teardown";

    /** Engines tell of most changes by events; this is for what has none: the client's database, ClickHouse, Secrets. */
    private static final Duration WHILE_MOVING = Duration.ofSeconds(2);

    private static final Duration WHILE_BLOCKED = Duration.ofSeconds(5);
    private static final Duration WHILE_READY = Duration.ofSeconds(60);

    private final Story story;
    private final Teardown teardown;
    private final StatusPatch statusPatch;
    private final Damping damping;
    private final EventSources eventSources;

    TenantPipelineReconciler(
            Story story, Teardown teardown, StatusPatch statusPatch, Damping damping, EventSources eventSources) {
        this.story = story;
        this.teardown = teardown;
        this.statusPatch = statusPatch;
        this.damping = damping;
        this.eventSources = eventSources;
    }

    @Override
    public UpdateControl<TenantPipeline> reconcile(TenantPipeline pipeline, Context<TenantPipeline> context) {
        eventSources.complete(context);
        Findings findings = story.tell(pipeline, observed(context));
        TenantPipeline written = statusPatch.write(pipeline, findings, context);
        return newer(written, pipeline)
                ? UpdateControl.<TenantPipeline>noUpdate().reschedule()
                : UpdateControl.<TenantPipeline>noUpdate()
                        .rescheduleAfter(damping.isHolding(pipeline) ? WHILE_MOVING : pace(written));
    }

    @Override
    public DeleteControl cleanup(TenantPipeline pipeline, Context<TenantPipeline> context) {
        eventSources.complete(context);
        return switch (teardown.next(pipeline, observed(context))) {
            case Teardown.Step.Gone gone -> {
                story.forget(pipeline);
                damping.forget(pipeline);
                yield DeleteControl.defaultDelete();
            }
            case Teardown.Step.Waiting waiting -> {
                statusPatch.write(pipeline, waiting.findings(), context);
                yield DeleteControl.noFinalizerRemoval().rescheduleAfter(WHILE_MOVING);
            }
        };
    }

    @Override
    public List<EventSource<?, TenantPipeline>> prepareEventSources(EventSourceContext<TenantPipeline> context) {
        return eventSources.of(context);
    }

    private static Observed observed(Context<TenantPipeline> context) {
        return Observed.of(
                context.getSecondaryResources(KafkaTopic.class),
                context.getSecondaryResources(KafkaConnector.class),
                context.getSecondaryResources(FlinkDeployment.class));
    }

    /**
     * The framework takes a change of the spec that lands just before our status for an echo of our own write. The
     * generation that the write returned tells.
     */
    private static boolean newer(TenantPipeline written, TenantPipeline seen) {
        return !written.getMetadata().getGeneration().equals(seen.getMetadata().getGeneration())
                || written.isMarkedForDeletion();
    }

    private static Duration pace(TenantPipeline pipeline) {
        if (Conditions.isTrue(pipeline, ConditionType.Stalled)) {
            return WHILE_BLOCKED;
        }
        boolean settled = Conditions.isTrue(pipeline, ConditionType.SnapshotComplete)
                || Conditions.has(pipeline, ConditionType.Ready, Reason.Paused);
        return Conditions.isTrue(pipeline, ConditionType.Ready) && settled ? WHILE_READY : WHILE_MOVING;
    }
}
