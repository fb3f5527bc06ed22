package dev.tributary.cli.doctor;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the Helm chart of this version ships, taken into this file by the build. */
final class Chart {

    private static final String FOLDER = "/dev/tributary/cli/chart/";
    private static final List<String> DEFINITIONS =
            List.of("pipelineclasses.tributary.dev.yaml", "tenantpipelines.tributary.dev.yaml");

    private Chart() {}

    /** Where a right is needed. */
    enum Place {
        EVERYWHERE,
        OPERATOR_NAMESPACE,
        KAFKA_NAMESPACES,
        FLINK_NAMESPACES
    }

    /** One rule of the chart's roles. */
    record Grant(Place place, PolicyRule rule) {}

    /** Tributary's own CRDs. */
    static List<CustomResourceDefinition> definitions() {
        return DEFINITIONS.stream()
                .map(file -> Serialization.unmarshal(read("crds/" + file), CustomResourceDefinition.class))
                .toList();
    }

    /** All that the operator is granted. */
    static List<Grant> grants() {
        List<Grant> grants = new ArrayList<>();
        for (HasMetadata object : rendered()) {
            if (object instanceof ClusterRole role) {
                role.getRules().forEach(rule -> grants.add(new Grant(Place.EVERYWHERE, rule)));
            } else if (object instanceof Role role) {
                Place place = place(role.getMetadata().getName());
                role.getRules().forEach(rule -> grants.add(new Grant(place, rule)));
            }
        }
        return grants;
    }

    private static Place place(String role) {
        if (role.endsWith("-kafka")) {
            return Place.KAFKA_NAMESPACES;
        }
        return role.endsWith("-flink") ? Place.FLINK_NAMESPACES : Place.OPERATOR_NAMESPACE;
    }

    private static List<HasMetadata> rendered() {
        return Arrays.stream(read("default.yaml").split("(?m)^---$"))
                .filter(document -> document.contains("kind: ClusterRole\n") || document.contains("kind: Role\n"))
                .map(document -> (HasMetadata) Serialization.unmarshal(document))
                .toList();
    }

    private static String read(String file) {
        try (InputStream in = Chart.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IllegalStateException("the build did not put " + file + " in");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
