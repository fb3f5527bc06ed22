package dev.tributary.box.standin;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** What a user of the cluster does. */
public record Resources(KubernetesClient client, String apiVersion, String kind, String namespace) {

    /** Applies YAML, as kubectl would. */
    public static void apply(KubernetesClient client, String yaml) {
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(item -> apply(client, item));
    }

    private static void apply(KubernetesClient client, HasMetadata item) {
        client.resource(item).fieldManager("user").forceConflicts().serverSideApply();
    }

    public GenericKubernetesResource get(String name) {
        return client.genericKubernetesResources(apiVersion, kind)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    public JsonNode status(String name) {
        return Json.tree(get(name).getAdditionalProperties().get("status"));
    }

    /** The condition of a type, or a missing node. */
    public JsonNode condition(String name, String type) {
        for (JsonNode condition : status(name).path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        return Json.object().path("missing");
    }

    public void edit(String name, Consumer<GenericKubernetesResource> change) {
        client.genericKubernetesResources(apiVersion, kind)
                .inNamespace(namespace)
                .withName(name)
                .edit(resource -> {
                    change.accept(resource);
                    return resource;
                });
    }

    public void annotate(String name, String key, String value) {
        client.genericKubernetesResources(apiVersion, kind)
                .inNamespace(namespace)
                .withName(name)
                .edit(resource -> {
                    resource.getMetadata().getAnnotations().put(key, value);
                    return resource;
                });
    }

    public void delete(String name) {
        client.genericKubernetesResources(apiVersion, kind)
                .inNamespace(namespace)
                .withName(name)
                .delete();
    }
}
