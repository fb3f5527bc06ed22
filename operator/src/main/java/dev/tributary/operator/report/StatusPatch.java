package dev.tributary.operator.report;

import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.api.v1alpha1.TenantPipelineStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import jakarta.enterprise.context.ApplicationScoped;

/** Writes the status when it says something new, and tells of what turned. A steady pipeline costs no write. */
@ApplicationScoped
public class StatusPatch {

    private final StatusFactory factory;
    private final Transitions transitions;

    StatusPatch(StatusFactory factory, Transitions transitions) {
        this.factory = factory;
        this.transitions = transitions;
    }

    /** The pipeline as the API server has it now. */
    public TenantPipeline write(TenantPipeline pipeline, Findings findings, Context<TenantPipeline> context) {
        TenantPipelineStatus status = factory.status(pipeline, findings);
        if (status.equals(pipeline.getStatus())) {
            return pipeline;
        }
        TenantPipeline patch = new TenantPipeline();
        patch.setMetadata(new ObjectMetaBuilder()
                .withNamespace(pipeline.getMetadata().getNamespace())
                .withName(pipeline.getMetadata().getName())
                .build());
        patch.setStatus(status);
        TenantPipeline written = context.resourceOperations().serverSideApplyPrimaryStatus(patch);
        transitions.tell(pipeline, status);
        return written;
    }
}
