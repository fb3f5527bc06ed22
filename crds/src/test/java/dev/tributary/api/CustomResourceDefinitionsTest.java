package dev.tributary.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The definitions that ship are those the Java types make. {@code -DargLine=-Dgolden.update=true} writes them anew. */
class CustomResourceDefinitionsTest {

    private static final Path SHIPPED = Path.of("../helm-chart/crds");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"tenantpipelines", "pipelineclasses"})
    void shippedDefinitionIsTheGeneratedOne(String plural) throws IOException {
        String yaml = GeneratedDefinitions.in(folder).yaml(plural);

        Path shipped = SHIPPED.resolve(plural + ".tributary.dev.yaml");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(shipped, yaml);
        }
        assertThat(shipped)
                .as("run mvn verify -pl crds -DargLine=-Dgolden.update=true")
                .hasContent(yaml);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenantpipelines", "pipelineclasses"})
    void everyFieldSaysWhatItIsForAndThoseOfTheSpecAreBounded(String plural) throws IOException {
        JSONSchemaProps root = GeneratedDefinitions.in(folder).schema(plural);

        List<String> faults = new ArrayList<>();
        describe(plural, root, faults);
        bound("spec", root.getProperties().get("spec"), faults);
        assertThat(faults).isEmpty();
    }

    /** kubectl explain shows it, and docs/reference.md. */
    private static void describe(String path, JSONSchemaProps schema, List<String> faults) {
        if (schema.getDescription() == null && !path.endsWith("[]")) {
            faults.add(path + " has no description");
        }
        if (schema.getItems() != null) {
            describe(path + "[]", schema.getItems().getSchema(), faults);
        }
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, p) -> describe(path + "." + name, p, faults));
        }
    }

    private static void bound(String path, JSONSchemaProps schema, List<String> faults) {
        // Kubernetes' own type comes without bounds.
        if (path.endsWith(".selector")) {
            return;
        }
        if ("string".equals(schema.getType())
                && schema.getEnum() == null
                && (schema.getMaxLength() == null || schema.getPattern() == null)) {
            faults.add(path + " is an unbounded string");
        }
        if ("integer".equals(schema.getType()) && (schema.getMinimum() == null || schema.getMaximum() == null)) {
            faults.add(path + " is an unbounded number");
        }
        if (schema.getItems() != null) {
            if (schema.getMaxItems() == null) {
                faults.add(path + " is an unbounded list");
            }
            bound(path + "[]", schema.getItems().getSchema(), faults);
        }
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, p) -> bound(path + "." + name, p, faults));
        }
    }
}
