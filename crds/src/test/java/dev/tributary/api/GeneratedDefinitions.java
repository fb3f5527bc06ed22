package dev.tributary.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import dev.tributary.api.v1alpha1.PipelineClass;
import dev.tributary.api.v1alpha1.TenantPipeline;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
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
import java.util.Set;
import java.util.stream.Collectors;

/** The definitions that the Java types make, written into a folder. */
record GeneratedDefinitions(Path folder) {

    /** The lists that are maps, and their keys: the generator has no annotation for it. */
    private static final Map<String, List<String>> MAP_LISTS =
            Map.of("tables", List.of("schema", "name"), "columns", List.of("name"), "conditions", List.of("type"));

    /** The lists in which nothing stands twice. */
    private static final Set<String> SETS = Set.of("key");

    /** Of Kubernetes' own types, which the client library has without descriptions. */
    private static final Map<String, String> DESCRIPTIONS = Map.ofEntries(
            Map.entry("conditions.type", "What the condition is about, such as Ready."),
            Map.entry("conditions.status", "True, False or Unknown."),
            Map.entry("conditions.reason", "Why, as one word that programs may rely on, such as Running."),
            Map.entry("conditions.message", "Why, as one sentence, and what to do next."),
            Map.entry("conditions.lastTransitionTime", "When status last changed, such as 2026-01-31T12:00:00Z."),
            Map.entry("conditions.observedGeneration", "The generation of the spec that the condition is about."),
            Map.entry("selector.matchLabels", "Labels and their values, such as team: shop. All must be there."),
            Map.entry("selector.matchExpressions", "What is asked of labels. All must hold."),
            Map.entry("matchExpressions.key", "The label's key, such as team."),
            Map.entry("matchExpressions.operator", "In, NotIn, Exists or DoesNotExist."),
            Map.entry("matchExpressions.values", "The values for In and NotIn; none for the other two."));

    private static final List<Class<? extends CustomResource<?, ?>>> KINDS =
            List.of(TenantPipeline.class, PipelineClass.class);

    /** The generator leaves out what a kind is for. */
    private static final Map<String, String> KIND_DESCRIPTIONS = KINDS.stream()
            .collect(Collectors.toMap(HasMetadata::getKind, kind -> kind.getAnnotation(JsonClassDescription.class)
                    .value()));

    /** The generator sorts columns by path; kubectl shows them as they stand. */
    private static final List<String> COLUMNS = KINDS.stream()
            .flatMap(c -> Arrays.stream(c.getAnnotationsByType(AdditionalPrinterColumn.class)))
            .map(AdditionalPrinterColumn::name)
            .distinct()
            .toList();

    static GeneratedDefinitions in(Path folder) {
        new CRDGenerator()
                .customResourceClasses(TenantPipeline.class, PipelineClass.class)
                .forCRDVersions("v1")
                .withPostProcessor(new Completion())
                .inOutputDir(folder.toFile())
                .detailedGenerate();
        return new GeneratedDefinitions(folder);
    }

    /** The definition of these objects, such as tenantpipelines. */
    String yaml(String plural) throws IOException {
        return Files.readString(folder.resolve(plural + ".tributary.dev-v1.yml"));
    }

    /** The schema of these objects, such as tenantpipelines. */
    JSONSchemaProps schema(String plural) throws IOException {
        return Serialization.unmarshal(yaml(plural), CustomResourceDefinition.class)
                .getSpec()
                .getVersions()
                .get(0)
                .getSchema()
                .getOpenAPIV3Schema();
    }

    private static class Completion implements CRDPostProcessor {
        @Override
        public HasMetadata process(HasMetadata crd, String version) {
            ((CustomResourceDefinition) crd).getSpec().getVersions().forEach(v -> {
                v.getSchema().getOpenAPIV3Schema().setDescription(KIND_DESCRIPTIONS.get(kind(crd)));
                complete("", v.getSchema().getOpenAPIV3Schema());
                v.getAdditionalPrinterColumns().sort(Comparator.comparing(c -> COLUMNS.indexOf(c.getName())));
            });
            return crd;
        }

        private static String kind(HasMetadata crd) {
            return ((CustomResourceDefinition) crd).getSpec().getNames().getKind();
        }

        private static void complete(String owner, JSONSchemaProps schema) {
            // A rule on a record's component stands on its field and its accessor, and the generator finds both.
            schema.setXKubernetesValidations(new ArrayList<>(new LinkedHashSet<>(schema.getXKubernetesValidations())));
            if (schema.getProperties() == null) {
                return;
            }
            schema.getProperties().forEach((name, property) -> {
                if (property.getDescription() == null) {
                    property.setDescription(DESCRIPTIONS.get(owner + "." + name));
                }
                if (property.getItems() != null) {
                    List<String> keys = MAP_LISTS.get(name);
                    if (keys != null) {
                        property.setXKubernetesListType("map");
                        property.setXKubernetesListMapKeys(keys);
                    }
                    if (SETS.contains(name)) {
                        property.setXKubernetesListType("set");
                    }
                    if (name.equals("conditions")) {
                        // As in Kubernetes' own metav1.Condition; a key of a map list must be required.
                        property.getItems()
                                .getSchema()
                                .setRequired(List.of("lastTransitionTime", "message", "reason", "status", "type"));
                    }
                    complete(name, property.getItems().getSchema());
                }
                complete(name, property);
            });
        }
    }
}
