package dev.tributary.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Writes a pipeline's children, and never one that is not its own. */
@ApplicationScoped
public class Children {

    /** The field manager of everything the operator applies. */
    public static final String FIELD_MANAGER = "tributary";

    private final KubernetesClient client;

    Children(KubernetesClient client) {
        this.client = client;
    }

    /** What became of a wanted child. */
    public sealed interface Written<T> {
        /** It is as wanted; nothing was written. */
        record Unchanged<T>(T child) implements Written<T> {}

        /** It was created or changed. */
        record Changed<T>(T child) implements Written<T> {}

        /** An object of that name is there and belongs to somebody else; it was not touched. */
        record NotOwned<T>(String description) implements Written<T> {}
    }

    /**
     * Makes a child what is wanted.
     *
     * @param observed what was last seen, from a cache
     * @param wanted the whole of what Tributary wants of it
     * @param content what to compare: only what Tributary writes
     */
    public <T extends HasMetadata> Written<T> write(Optional<T> observed, T wanted, Function<T, ?> content) {
        // A cache that shows nothing may lag behind, or the object may be somebody else's and carry no label of ours.
        Optional<T> there =
                observed.or(() -> Optional.ofNullable(client.resource(wanted).get()));
        if (there.isPresent()) {
            T child = there.get();
            if (!sameOwner(child, wanted)) {
                return new Written.NotOwned<>(describe(child));
            }
            if (Objects.equals(content.apply(child), content.apply(wanted)) && !marked(child)) {
                return new Written.Unchanged<>(child);
            }
        }
        return new Written.Changed<>(client.resource(wanted)
                .fieldManager(FIELD_MANAGER)
                .forceConflicts()
                .serverSideApply());
    }

    /** Asks the API server, not a cache, whether a wanted child is there and belongs to the same pipeline. */
    public <T extends HasMetadata> boolean owns(T wanted) {
        T there = client.resource(wanted).get();
        return there != null && sameOwner(there, wanted);
    }

    /**
     * Asks the API server, not a cache, for the children of a pipeline in these namespaces. Of a kind that it does not serve
     * there are none.
     */
    public <T extends HasMetadata> List<T> list(Class<T> kind, Set<String> namespaces, Map<String, String> labels) {
        try {
            return namespaces.stream()
                    .flatMap(namespace ->
                            client.resources(kind).inNamespace(namespace).withLabels(labels).list().getItems().stream())
                    .toList();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    /** Changes a child that is there, unless it changed meanwhile: then the next pass sees that first. */
    public <T extends HasMetadata> void patch(T child, Consumer<T> change) {
        if (Labels.pipelineOf(child).isPresent()) {
            client.resource(child).edit(c -> {
                change.accept(c);
                return c;
            });
        }
    }

    /** Adds annotations to a child. */
    public <T extends HasMetadata> void annotate(T child, Map<String, String> annotations) {
        patch(child, c -> {
            Map<String, String> all = new HashMap<>(annotations);
            if (c.getMetadata().getAnnotations() != null) {
                c.getMetadata().getAnnotations().forEach(all::putIfAbsent);
            }
            c.getMetadata().setAnnotations(all);
        });
    }

    /** Deletes a child; an object that is gone or belongs to somebody else is left alone. */
    public <T extends HasMetadata> void delete(T child) {
        if (Labels.pipelineOf(child).isPresent() && !marked(child)) {
            client.resource(child).delete();
        }
    }

    private static boolean marked(HasMetadata object) {
        return object.getMetadata().getDeletionTimestamp() != null;
    }

    private static boolean sameOwner(HasMetadata there, HasMetadata wanted) {
        Optional<ResourceID> owner = Labels.pipelineOf(there);
        return owner.isPresent() && owner.equals(Labels.pipelineOf(wanted));
    }

    private static String describe(HasMetadata object) {
        return object.getKind() + " " + object.getMetadata().getNamespace() + "/"
                + object.getMetadata().getName();
    }
}
