package dev.tributary.box.onboarding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;

/** A TenantPipeline as anybody with kubectl sees it: the box has none of the operator's classes. */
record PipelineView(JsonNode pipeline) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A table of the pipeline, and the name it has in ClickHouse. */
    record Table(String schema, String name, String target) {}

    static PipelineView read(KubernetesClient client, HasMetadata pipeline) {
        GenericKubernetesResource found = client.genericKubernetesResources(
                        pipeline.getApiVersion(), pipeline.getKind())
                .inNamespace(pipeline.getMetadata().getNamespace())
                .withName(pipeline.getMetadata().getName())
                .require();
        return new PipelineView(JSON.valueToTree(found));
    }

    String name() {
        return pipeline.path("metadata").path("name").asText();
    }

    String namespace() {
        return pipeline.path("metadata").path("namespace").asText();
    }

    /** In ClickHouse. */
    String database() {
        return pipeline.path("spec").path("tenant").asText().replace('-', '_');
    }

    boolean isReady() {
        long generation = pipeline.path("metadata").path("generation").asLong();
        return pipeline.path("status").path("observedGeneration").asLong() == generation
                && condition("Ready").path("status").asText().equals("True");
    }

    /** Only a person can help. */
    boolean isStalled() {
        return condition("Stalled").path("status").asText().equals("True");
    }

    /** What holds it up, in the operator's words. */
    String says() {
        String message = condition("Ready").path("message").asText();
        return message.isEmpty() ? "the operator has not looked at it yet" : message;
    }

    private JsonNode condition(String type) {
        for (JsonNode condition : pipeline.path("status").path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        return JSON.missingNode();
    }

    List<Table> tables() {
        List<Table> tables = new ArrayList<>();
        for (JsonNode table : pipeline.path("spec").path("source").path("tables")) {
            String schema = table.path("schema").asText("public");
            String name = table.path("name").asText();
            String usual = schema.equals("public") ? name : schema + "_" + name;
            tables.add(
                    new Table(schema, name, table.path("target").path("table").asText(usual)));
        }
        return tables;
    }
}
