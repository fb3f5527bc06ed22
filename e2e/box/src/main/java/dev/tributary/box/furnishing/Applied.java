package dev.tributary.box.furnishing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Applies objects as the box, server-side: what somebody else set on the same object stays.
 *
 * @param client whose rights are used
 */
public record Applied(KubernetesClient client) {

    private static final String OWNER = "tributary-box";

    /** Applies all documents, in order; returns them as they were read. */
    public List<HasMetadata> yaml(String documents) throws IOException {
        try (InputStream in = new ByteArrayInputStream(documents.getBytes(StandardCharsets.UTF_8))) {
            List<HasMetadata> items = client.load(in).items();
            items.forEach(this::object);
            return items;
        }
    }

    public void object(HasMetadata item) {
        client.resource(item).fieldManager(OWNER).forceConflicts().serverSideApply();
    }
}
