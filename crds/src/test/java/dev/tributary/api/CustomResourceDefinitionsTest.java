package dev.tributary.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.api.v1alpha1.PipelineClass;
import dev.tributary.api.v1alpha1.TenantPipeline;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The definitions that ship are those the Java types make. {@code -DargLine=-Dgolden.update=true} writes them anew. */
class CustomResourceDefinitionsTest {

    private static final Path SHIPPED = Path.of("../helm-chart/crds");

    /** The lists that are maps, and their keys: the generator has no annotation for it. */
    private static final Map<String, List<String>> MAP_LISTS =
            Map.of("tables", List.of("schema", "name"), "conditions", List.of("type"));

    /** The generator sorts columns by path; kubectl shows them as they stand. */
    private static final List<String> COLUMNS = Stream.of(TenantPipeline.class, PipelineClass.class)
            .flatMap(c -> Arrays.stream(c.getAnnotationsByType(AdditionalPrinterColumn.class)))
            .map(AdditionalPrinterColumn::name)
            .distinct()
            .toList();

    @TempDir
    Path generated;

    @ParameterizedTest
    @ValueSource(strings = {"tenantpipelines.tributary.dev-v1.yml", "pipelineclasses.tributary.dev-v1.yml"})
    void shippedDefinitionIsTheGeneratedOne(String file) throws IOException {
        generate();

        String yaml = Files.readString(generated.resolve(file));

        Path shipped = SHIPPED.resolve(file.replace("-v1.yml", ".yaml"));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(shipped, yaml);
        }
        assertThat(shipped)
                .as("run mvn verify -pl crds -DargLine=-Dgolden.update=true")
                .hasContent(yaml);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenantpipelines.tributary.dev-v1.yml", "pipelineclasses.tributary.dev-v1.yml"})
    void everyFieldOfTheSpecSaysWhatItIsForAndIsBounded(String file) throws IOException {
        generate();

        JSONSchemaProps root = Serialization.unmarshal(
                        Files.readString(generated.resolve(file)), CustomResourceDefinition.class)
                .getSpec()
                .getVersions()
                .get(0)
                .getSchema()
                .getOpenAPIV3Schema();

        List<String> faults = new ArrayList<>();
        // Kubernetes' own types come without descriptions and bounds.
        check("spec", root.getProperties().get("spec"), faults);
        assertThat(faults).isEmpty();
    }

    private static void check(String path, JSONSchemaProps schema, List<String> faults) {
        if (schema.getDescription() == null && !path.endsWith("[]")) {
            faults.add(path + " has no description");
        }
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
            check(path + "[]", schema.getItems().getSchema(), faults);
        }
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, p) -> check(path + "." + name, p, faults));
        }
    }

    private void generate() {
        new CRDGenerator()
                .customResourceClasses(TenantPipeline.class, PipelineClass.class)
                .forCRDVersions("v1")
                .withPostProcessor(new MapListsProcessor())
                .inOutputDir(generated.toFile())
                .detailedGenerate();
    }

    private static class MapListsProcessor implements CRDPostProcessor {
        @Override
        public HasMetadata process(HasMetadata crd, String version) {
            ((CustomResourceDefinition) crd).getSpec().getVersions().forEach(v -> {
                complete(v.getSchema().getOpenAPIV3Schema());
                v.getAdditionalPrinterColumns().sort(Comparator.comparing(c -> COLUMNS.indexOf(c.getName())));
            });
            return crd;
        }

        private static void complete(JSONSchemaProps schema) {
            // A rule on a record's component stands on its field and its accessor, and the generator finds both.
            schema.setXKubernetesValidations(new ArrayList<>(new LinkedHashSet<>(schema.getXKubernetesValidations())));
            if (schema.getProperties() == null) {
                return;
            }
            schema.getProperties().forEach((name, property) -> {
                if (property.getItems() != null) {
                    List<String> keys = MAP_LISTS.get(name);
                    if (keys != null) {
                        property.setXKubernetesListType("map");
                        property.setXKubernetesListMapKeys(keys);
                    }
                    if (name.equals("conditions")) {
                        // As in Kubernetes' own metav1.Condition; a key of a map list must be required.
                        property.getItems()
                                .getSchema()
                                .setRequired(List.of("lastTransitionTime", "message", "reason", "status", "type"));
                    }
                    complete(property.getItems().getSchema());
                }
                complete(property);
            });
        }
    }
}
