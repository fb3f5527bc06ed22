package dev.tributary.operator.kubernetes;

import dev.tributary.api.v1alpha1.Api;
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
    /** Selects what Tributary made. */
    public static final String SELECTOR = Api.MANAGED_BY_LABEL + "=" + Api.MANAGED_BY_TRIBUTARY;

    private Labels() {}

    /** The labels of every child of a pipeline. */
    public static Map<String, String> of(String tenant, String namespace, String name) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(Api.MANAGED_BY_LABEL, Api.MANAGED_BY_TRIBUTARY);
        labels.put(Api.TENANT_LABEL, tenant);
        labels.put(Api.PIPELINE_NAMESPACE_LABEL, namespace);
        labels.put(Api.PIPELINE_NAME_LABEL, name);
        return labels;
    }

    /** The pipeline that an object is a child of; empty for what is not Tributary's. */
    public static Optional<ResourceID> pipelineOf(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        if (labels == null || !Api.MANAGED_BY_TRIBUTARY.equals(labels.get(Api.MANAGED_BY_LABEL))) {
            return Optional.empty();
        }
        String namespace = labels.get(Api.PIPELINE_NAMESPACE_LABEL);
        String name = labels.get(Api.PIPELINE_NAME_LABEL);
        return namespace == null || name == null ? Optional.empty() : Optional.of(new ResourceID(name, namespace));
    }
}
