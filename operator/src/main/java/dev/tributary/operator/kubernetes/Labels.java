package dev.tributary.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The labels by which Tributary knows its children. They live in the engines' namespaces, so there are no owner
 * references; and they carry namespace and name, not UID, so that a restore from backup finds its own. The user's own
 * labels are not copied: Argo CD would prune what carries them.
 */
public final class Labels {
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String MANAGED_BY_TRIBUTARY = "tributary";
    public static final String TENANT = "tributary.dev/tenant";
    public static final String PIPELINE_NAMESPACE = "tributary.dev/pipeline-namespace";
    public static final String PIPELINE_NAME = "tributary.dev/pipeline-name";

    /** Selects what Tributary made. */
    public static final String SELECTOR = MANAGED_BY + "=" + MANAGED_BY_TRIBUTARY;

    private Labels() {}

    /** The labels of every child of a pipeline. */
    public static Map<String, String> of(String tenant, String namespace, String name) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(MANAGED_BY, MANAGED_BY_TRIBUTARY);
        labels.put(TENANT, tenant);
        labels.put(PIPELINE_NAMESPACE, namespace);
        labels.put(PIPELINE_NAME, name);
        return labels;
    }

    /** The pipeline that an object is a child of; empty for what is not Tributary's. */
    public static Optional<ResourceID> pipelineOf(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        if (labels == null || !MANAGED_BY_TRIBUTARY.equals(labels.get(MANAGED_BY))) {
            return Optional.empty();
        }
        String namespace = labels.get(PIPELINE_NAMESPACE);
        String name = labels.get(PIPELINE_NAME);
        return namespace == null || name == null ? Optional.empty() : Optional.of(new ResourceID(name, namespace));
    }
}
