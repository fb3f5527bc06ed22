package dev.tributary.box.standin;

import dev.tributary.box.controlplane.Definitions;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The CRDs of Strimzi and of the Flink operator, as those projects ship them. */
public final class ForeignDefinitions {

    private static final List<String> FILES = List.of(
            "kafka.yaml",
            "kafkanodepool.yaml",
            "kafkaconnect.yaml",
            "kafkatopic.yaml",
            "kafkaconnector.yaml",
            "META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml");

    private ForeignDefinitions() {}

    /** All of them; FlinkDeployment's list of versions is the one of today's operator. */
    public static List<CustomResourceDefinition> all() {
        return FILES.stream().map(ForeignDefinitions::read).toList();
    }

    /** Applies them and waits until the API server serves them. */
    public static void install(KubernetesClient client) {
        // Server-side: FlinkDeployment's is too big for the annotation of a client-side apply.
        PatchContext apply = new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("tributary-box")
                .withForce(true)
                .build();
        all().forEach(definition -> client.resource(definition).patch(apply));
        Definitions.awaitEstablished(client);
    }

    private static CustomResourceDefinition read(String file) {
        try (InputStream in = ForeignDefinitions.class.getResourceAsStream("crds/" + file)) {
            if (in == null) {
                throw new IllegalStateException("The build did not put crds/" + file + " into the jar");
            }
            CustomResourceDefinition definition = Serialization.unmarshal(in, CustomResourceDefinition.class);
            definition.getSpec().getVersions().forEach(version -> {
                JSONSchemaProps spec =
                        version.getSchema().getOpenAPIV3Schema().getProperties().get("spec");
                if (spec != null && spec.getProperties().containsKey("flinkVersion")) {
                    widen(spec.getProperties().get("flinkVersion"));
                }
            });
            return definition;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The published jar's list of versions ends at 1.20; the operator of today goes to 2.4 with the same schema. */
    private static void widen(JSONSchemaProps flinkVersion) {
        var versions = Stream.concat(
                        Stream.of("v1_13", "v1_14", "v1_15", "v1_16", "v1_17", "v1_18", "v1_19", "v1_20"),
                        Stream.of("v2_0", "v2_1", "v2_2", "v2_3", "v2_4"))
                .map(Json::tree)
                .toList();
        flinkVersion.setEnum(new ArrayList<>(versions));
    }
}
