package dev.tributary.box.furnishing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

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

    /** Applies a resource of the box's jar, filled in. */
    void resource(String name, UnaryOperator<String> filling) throws IOException {
        yaml(filling.apply(text(name)));
    }

    /** A resource of the box's jar. */
    static String text(String name) throws IOException {
        try (InputStream in = Applied.class.getResourceAsStream("/furnishing/" + name)) {
            if (in == null) {
                throw new IOException("/furnishing/" + name + " is missing from the box's jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    public void object(HasMetadata item) {
        client.resource(item).fieldManager(OWNER).forceConflicts().serverSideApply();
    }
}
