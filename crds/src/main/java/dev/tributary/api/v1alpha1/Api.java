package dev.tributary.api.v1alpha1;

/** Names that belong to the API. */
public final class Api {
    public static final String GROUP = "tributary.dev";
    public static final String VERSION = "v1alpha1";

    /** Set to {@code "true"} on the {@link PipelineClass} that holds where a pipeline names none. */
    public static final String DEFAULT_CLASS_ANNOTATION = "tributary.dev/is-default-class";

    /** Of everything that the operator makes: {@link #MANAGED_BY_TRIBUTARY}. */
    public static final String MANAGED_BY_LABEL = "app.kubernetes.io/managed-by";

    public static final String MANAGED_BY_TRIBUTARY = "tributary";

    /** The tenant of what the operator makes; also of the tenant's claim. */
    public static final String TENANT_LABEL = "tributary.dev/tenant";

    /** The namespace of the pipeline that an engine's object belongs to. */
    public static final String PIPELINE_NAMESPACE_LABEL = "tributary.dev/pipeline-namespace";

    /** The name of the pipeline that an engine's object belongs to. */
    public static final String PIPELINE_NAME_LABEL = "tributary.dev/pipeline-name";

    private Api() {}
}
