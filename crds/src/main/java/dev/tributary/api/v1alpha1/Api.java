package dev.tributary.api.v1alpha1;

/** Names that belong to the API. */
public final class Api {
    public static final String GROUP = "tributary.dev";
    public static final String VERSION = "v1alpha1";

    /** Set to {@code "true"} on the {@link PipelineClass} that holds where a pipeline names none. */
    public static final String DEFAULT_CLASS_ANNOTATION = "tributary.dev/is-default-class";

    private Api() {}
}
