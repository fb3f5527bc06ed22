package dev.tributary.cli.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.api.v1alpha1.Api;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was kept of a pipeline that was deleted, as the tenant's claim has it.
 *
 * @param claim the ConfigMap, {@code namespace/name}
 * @param tenant whose it is
 * @param topics in Kafka
 * @param tables in the tenant's ClickHouse database
 */
public record Retained(String claim, String tenant, List<String> topics, List<String> tables) {

    private static final String KEY_PREFIX = "pipeline.";

    /** What is kept for a namespace and name; empty when nothing is. */
    public static Optional<Retained> find(KubernetesClient client, String namespace, String name) {
        return client
                .configMaps()
                .inAnyNamespace()
                .withLabel(Api.MANAGED_BY_LABEL, Api.MANAGED_BY_TRIBUTARY)
                .withLabel(Api.TENANT_LABEL)
                // What carries a pipeline's name is a job's.
                .withoutLabel(Api.PIPELINE_NAME_LABEL)
                .list()
                .getItems()
                .stream()
                .flatMap(claim -> of(claim, namespace, name).stream())
                .findFirst();
    }

    /** What a claim says of a pipeline that was deleted. */
    static Optional<Retained> of(ConfigMap claim, String namespace, String name) {
        Map<String, String> data = claim.getData() == null ? Map.of() : claim.getData();
        String json = data.get(KEY_PREFIX + name);
        if (json == null || !namespace.equals(data.get("namespace"))) {
            return Optional.empty();
        }
        JsonNode pipeline = parse(json);
        return pipeline.path("released").asBoolean()
                ? Optional.of(new Retained(
                        claim.getMetadata().getNamespace() + "/"
                                + claim.getMetadata().getName(),
                        claim.getMetadata().getLabels().getOrDefault(Api.TENANT_LABEL, "?"),
                        texts(pipeline.path("topics")),
                        texts(pipeline.path("targets"))))
                : Optional.empty();
    }

    /** For people. */
    public List<String> lines(String namespace, String name) {
        return List.of(
                "There is no TenantPipeline " + namespace + "/" + name + " any more. Of tenant " + tenant
                        + " it left what deletionPolicy Retain keeps:",
                "  topics in Kafka:       " + String.join(", ", topics),
                "  tables in ClickHouse:  " + String.join(", ", tables),
                "  the tenant's claim:    ConfigMap " + claim,
                "Apply the same TenantPipeline again to take it back, in a new epoch.");
    }

    private static JsonNode parse(String json) {
        try {
            return Serialization.jsonMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a claim that is no JSON", e);
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
