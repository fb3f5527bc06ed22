package dev.tributary.scenarios;

import dev.tributary.api.v1alpha1.Source;
import dev.tributary.api.v1alpha1.SourceTable;
import dev.tributary.api.v1alpha1.TenantPipelineSpec;
import dev.tributary.api.v1alpha1.TenantPipelineSpec.DeletionPolicy;
import dev.tributary.api.v1alpha1.TenantPipelineSpec.DesiredState;
import dev.tributary.api.v1alpha1.TenantPipelineSpec.Latency;
import dev.tributary.api.v1alpha1.TenantPipelineSpec.Processing;
import java.util.List;

/** What a user edits in a spec, the rest staying as it is. */
public final class SpecChange {

    private SpecChange() {}

    /** The same pipeline, to stand still. */
    public static TenantPipelineSpec paused(TenantPipelineSpec spec) {
        return new TenantPipelineSpec(
                spec.tenant(),
                spec.classRef(),
                DesiredState.Paused,
                spec.source(),
                spec.processing(),
                spec.deletionPolicy());
    }

    /** The same pipeline, whose data goes with it. */
    public static TenantPipelineSpec deletingData(TenantPipelineSpec spec) {
        return new TenantPipelineSpec(
                spec.tenant(),
                spec.classRef(),
                spec.desiredState(),
                spec.source(),
                spec.processing(),
                DeletionPolicy.Delete);
    }

    /** The same pipeline, as fresh as this. */
    public static TenantPipelineSpec latency(TenantPipelineSpec spec, Latency latency) {
        return processing(spec, new Processing(latency));
    }

    /** The same pipeline, processed in this way. */
    public static TenantPipelineSpec processing(TenantPipelineSpec spec, Processing processing) {
        return new TenantPipelineSpec(
                spec.tenant(), spec.classRef(), spec.desiredState(), spec.source(), processing, spec.deletionPolicy());
    }

    /** The same pipeline, on this class. */
    public static TenantPipelineSpec onClass(TenantPipelineSpec spec, String name) {
        return new TenantPipelineSpec(
                spec.tenant(),
                new TenantPipelineSpec.ClassRef(name),
                spec.desiredState(),
                spec.source(),
                spec.processing(),
                spec.deletionPolicy());
    }

    /** The same pipeline, of these tables. */
    public static TenantPipelineSpec tables(TenantPipelineSpec spec, List<SourceTable> tables) {
        return new TenantPipelineSpec(
                spec.tenant(),
                spec.classRef(),
                spec.desiredState(),
                new Source(spec.source().postgresql(), tables),
                spec.processing(),
                spec.deletionPolicy());
    }
}
