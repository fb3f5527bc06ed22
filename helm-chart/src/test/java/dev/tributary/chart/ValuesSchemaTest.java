package dev.tributary.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong values are refused before anything is installed, and the message names them. */
class ValuesSchemaTest {

    private static final Path SCHEMA = Chart.FOLDER.resolve("values.schema.json");
    private static final JsonMapper JSON = new JsonMapper();

    /** What of a CRD's schema means the same in JSON Schema; its defaults are the API server's business. */
    private static final Set<String> COMMON = Set.of(
            "type",
            "description",
            "items",
            "required",
            "enum",
            "pattern",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "minimum",
            "maximum");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    replica: 1 | replica
                    replicas: -1 | /replicas
                    replicas: two | /replicas
                    'engines: {kafkaNamespaces: []}' | /engines/kafkaNamespaces
                    'engines: {kafkaNamespaces: [Kafka]}' | /engines/kafkaNamespaces/0
                    'engines: {flinknamespaces: [flink]}' | flinknamespaces
                    'image: {repository: ""}' | /image/repository
                    'image: {digest: "sha256:12"}' | /image/digest
                    'image: {pullPolicy: Sometimes}' | /image/pullPolicy
                    'resources: {limits: {memory: 512 MB}}' | /resources/limits/memory
                    'resources: {limit: {memory: 1Gi}}' | limit
                    'pipelineClass: {create: true}' | /pipelineClass/spec
                    'pipelineClass: {name: Standard}' | /pipelineClass/name
                    'pipelineClass: {spec: {kafka: {clustr: events}}}' | clustr
                    'pipelineClass: {spec: {clickhouse: {url: "clickhouse:8123"}}}' | /pipelineClass/spec/clickhouse/url
                    'tolerations: [{effect: NoSchedul}]' | /tolerations/0/effect
                    'env: [{value: x}]' | /env/0
                    'podMonitor: {interval: 30}' | /podMonitor/interval
                    'prometheusRule: {for: {PipelineNotReady: 30m}}' | PipelineNotReady
                    'prometheusRule: {for: {TributaryPipelineNotReady: 30}}' | /prometheusRule/for/TributaryPipelineNotReady
                    'prometheusRule: {runbookUrl: runbooks}' | /prometheusRule/runbookUrl
                    'dashboards: {labels: [grafana]}' | /dashboards/labels
                    'leaderElection: {enabled: "no"}' | /leaderElection/enabled
                    'leaderElection: {enabled: false}' | Set replicas to 1
                    """)
    void wrongValuesAreRefusedByName(String values, String named) {
        assertThatThrownBy(() -> Chart.render(values)).hasMessageContaining(named);
    }

    @Test
    void aClassBesideTheWatchedNamespacesIsRefused() throws IOException {
        String values = Files.readString(Chart.FOLDER.resolve("src/test/resources/values/class.yaml"))
                .replace("namespace: streaming", "namespace: elsewhere");

        assertThatThrownBy(() -> Chart.render(values))
                .hasMessageContaining("pipelineClass.spec.kafka.namespace is elsewhere")
                .hasMessageContaining("engines.kafkaNamespaces");
    }

    /** The spec of the class is the CRD's, so that one mistake has one message, wherever it is made. */
    @Test
    void theSchemaOfTheClassIsTheOneOfItsDefinition() throws IOException {
        ObjectNode schema = (ObjectNode) JSON.readTree(SCHEMA.toFile());
        JsonNode spec = Chart.yaml("crds/pipelineclasses.tributary.dev.yaml")
                .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
        ObjectNode wanted = (ObjectNode) converted(spec);
        wanted.remove("required");

        ObjectNode pipelineClass = (ObjectNode) schema.at("/properties/pipelineClass");
        ((ObjectNode) pipelineClass.at("/properties")).set("spec", wanted);
        ((ObjectNode) pipelineClass.at("/then/properties/spec")).set("required", spec.get("required"));
        String expected = JSON.writer(new DefaultPrettyPrinter()
                                .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                                .withArrayIndenter(new DefaultIndenter("  ", "\n")))
                        .writeValueAsString(schema)
                + "\n";

        if (Chart.isUpdate()) {
            Files.writeString(SCHEMA, expected);
        }
        assertThat(SCHEMA)
                .as("run mvn verify -pl helm-chart -DargLine=-Dgolden.update=true")
                .hasContent(expected);
    }

    /** A typing error in a name must not be taken for a value that is left out. */
    @Test
    void noObjectTakesNamesThatNobodyKnows() throws IOException {
        List<String> open = new ArrayList<>();
        findOpen(JSON.readTree(SCHEMA.toFile()), "", open);

        // What Kubernetes defines, and what Helm adds.
        assertThat(open)
                .containsExactlyInAnyOrder(
                        "/properties/affinity/properties/nodeAffinity",
                        "/properties/affinity/properties/podAffinity",
                        "/properties/affinity/properties/podAntiAffinity",
                        "/properties/env/items/properties/valueFrom",
                        "/properties/global");
    }

    private static void findOpen(JsonNode schema, String path, List<String> open) {
        if ("object".equals(schema.path("type").asText()) && !schema.has("additionalProperties")) {
            open.add(path);
        }
        schema.properties().forEach(field -> findOpen(field.getValue(), path + "/" + field.getKey(), open));
    }

    private static JsonNode converted(JsonNode schema) {
        ObjectNode made = JSON.createObjectNode();
        schema.properties().forEach(field -> {
            if (field.getKey().equals("properties")) {
                ObjectNode properties = made.putObject("properties");
                field.getValue().properties().forEach(p -> properties.set(p.getKey(), converted(p.getValue())));
                made.put("additionalProperties", false);
            } else if (field.getKey().equals("items") || field.getKey().equals("additionalProperties")) {
                made.set(field.getKey(), converted(field.getValue()));
            } else if (COMMON.contains(field.getKey())) {
                made.set(field.getKey(), field.getValue());
            }
        });
        return made;
    }
}
