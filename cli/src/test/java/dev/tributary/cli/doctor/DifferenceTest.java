package dev.tributary.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class DifferenceTest {

    private static final JsonNode SHIPPED = yaml("""
            names: {kind: Pipeline, plural: pipelines}
            versions:
              - name: v1
                additionalPrinterColumns: [{name: Age, priority: 0}]
                schema:
                  openAPIV3Schema:
                    properties: {spec: {type: string, maxLength: 5}}
            """);

    @Test
    void whatTheApiServerAddsAndLeavesOutIsNone() {
        JsonNode found = yaml("""
                conversion: {strategy: None}
                names: {kind: Pipeline, plural: pipelines, listKind: PipelineList}
                versions:
                  - name: v1
                    additionalPrinterColumns: [{name: Age}]
                    schema:
                      openAPIV3Schema:
                        properties: {spec: {type: string, maxLength: 5}}
                """);

        assertThat(Difference.first(SHIPPED, found)).isEmpty();
    }

    @Test
    void whatAnotherVersionHasDifferentlyIsFound() {
        JsonNode found = SHIPPED.deepCopy();
        ((ObjectNode) found.at("/versions/0/schema/openAPIV3Schema/properties/spec")).put("maxLength", 6);

        assertThat(Difference.first(SHIPPED, found))
                .contains(".versions[0].schema.openAPIV3Schema.properties.spec.maxLength");
    }

    @Test
    void whatAnotherVersionHasInAdditionIsFound() {
        JsonNode found = SHIPPED.deepCopy();
        ((ObjectNode) found.at("/versions/0/schema/openAPIV3Schema/properties")).putObject("more");

        assertThat(Difference.first(SHIPPED, found)).contains(".versions[0].schema.openAPIV3Schema.properties.more");
    }

    @Test
    void whatIsMissingIsFound() {
        JsonNode found = SHIPPED.deepCopy();
        ((ObjectNode) found.at("/names")).remove("plural");

        assertThat(Difference.first(SHIPPED, found)).contains(".names.plural");
    }

    private static JsonNode yaml(String text) {
        return Serialization.unmarshal(text, JsonNode.class);
    }
}
