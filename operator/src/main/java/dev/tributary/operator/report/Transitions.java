package dev.tributary.operator.report;

import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.api.v1alpha1.TenantPipelineStatus;
import dev.tributary.operator.condition.ConditionType;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.source.CaptureNames;
import dev.tributary.operator.source.CapturePlace;
import dev.tributary.operator.source.ServerIdentity;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Tells of what changed between two statuses: an event and a counter for each condition that turned. */
@ApplicationScoped
public class Transitions {

    private static final Logger LOG = Logger.getLogger(Transitions.class);

    /** Their news is told by the stage they sum up. */
    private static final Set<String> SUMMARIES = Set.of(ConditionType.Stalled.name(), ConditionType.Reconciling.name());

    private final KubernetesClient client;
    private final MeterRegistry metrics;
    private final Clock clock;

    Transitions(KubernetesClient client, MeterRegistry metrics, Clock clock) {
        this.client = client;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Tells what turned. An event that cannot be written is logged and left out: it must not stop the pipeline. */
    public void tell(TenantPipeline before, TenantPipelineStatus after) {
        List<Condition> conditions = after.conditions() == null ? List.of() : after.conditions();
        for (Condition condition : conditions) {
            if (!SUMMARIES.contains(condition.getType()) && turned(before, condition)) {
                tell(before, condition);
            }
        }
    }

    private static boolean turned(TenantPipeline before, Condition now) {
        if (Reason.Pending.name().equals(now.getReason())) {
            return false;
        }
        boolean first =
                Conditions.of(before, ConditionType.valueOf(now.getType())).isEmpty();
        if (first && Reason.NoLossKnown.name().equals(now.getReason())) {
            return false;
        }
        return Conditions.of(before, ConditionType.valueOf(now.getType()))
                .filter(c ->
                        c.getStatus().equals(now.getStatus()) && c.getReason().equals(now.getReason()))
                .isEmpty();
    }

    private void tell(TenantPipeline pipeline, Condition now) {
        boolean warning = Reason.valueOf(now.getReason()).remedy() == Reason.Remedy.PERSON;
        LOG.infof(
                "%s/%s: %s=%s, %s: %s",
                pipeline.getMetadata().getNamespace(),
                pipeline.getMetadata().getName(),
                now.getType(),
                now.getStatus(),
                now.getReason(),
                now.getMessage());
        metrics.counter(OperatorMetric.TRANSITIONS.meterName(), "condition", now.getType(), "reason", now.getReason())
                .increment();
        event(pipeline, warning ? "Warning" : "Normal", now.getReason(), now.getType() + ": " + now.getMessage());
    }

    /**
     * Tells what was left at a source that nobody could reach any more, or was not waited for, and how to remove it there.
     * It is logged as well: an event lasts an hour, and a namespace that is being deleted takes none.
     *
     * @param server the one that has it; null when that is not known
     */
    public void sourceAbandoned(TenantPipeline pipeline, CapturePlace place, @Nullable ServerIdentity server) {
        CaptureNames names = place.names();
        String message = "replication slot " + names.slot() + " in database " + place.database() + " at "
                + place.address()
                + (server == null
                        ? ""
                        : " (system identifier " + server.systemIdentifier() + ", timeline " + server.timeline() + ")")
                + " was left and keeps its WAL as long as that server lives. Drop it there, and on no other server:"
                + " SELECT pg_drop_replication_slot('" + names.slot() + "')"
                + (names.provided() ? "" : "; DROP PUBLICATION IF EXISTS " + names.publication());
        LOG.warnf(
                "%s/%s: %s",
                pipeline.getMetadata().getNamespace(), pipeline.getMetadata().getName(), message);
        event(pipeline, "Warning", "SourceAbandoned", message);
    }

    private void event(TenantPipeline pipeline, String type, String reason, String message) {
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        try {
            client.resource(new EventBuilder()
                            .withNewMetadata()
                            .withNamespace(pipeline.getMetadata().getNamespace())
                            .withGenerateName(pipeline.getMetadata().getName() + ".")
                            .endMetadata()
                            .withInvolvedObject(new ObjectReferenceBuilder()
                                    .withApiVersion(pipeline.getApiVersion())
                                    .withKind(pipeline.getKind())
                                    .withNamespace(pipeline.getMetadata().getNamespace())
                                    .withName(pipeline.getMetadata().getName())
                                    .withUid(pipeline.getMetadata().getUid())
                                    .build())
                            .withType(type)
                            .withReason(reason)
                            .withMessage(message.length() > 1024 ? message.substring(0, 1021) + "..." : message)
                            .withFirstTimestamp(now)
                            .withLastTimestamp(now)
                            .withCount(1)
                            .withNewSource()
                            .withComponent("tributary-operator")
                            .endSource()
                            .build())
                    .create();
        } catch (KubernetesClientException e) {
            LOG.warnf("no event %s for %s: %s", reason, pipeline.getMetadata().getName(), e.getMessage());
        }
    }
}
