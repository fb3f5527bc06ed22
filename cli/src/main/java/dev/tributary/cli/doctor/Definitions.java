package dev.tributary.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.cli.Versions;
import dev.tributary.cli.cluster.EngineKind;
import dev.tributary.cli.cluster.EngineObject;
import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.GroupVersionForDiscovery;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The kinds: Tributary's own, as this version ships them, and those of Strimzi and the Flink operator. */
final class Definitions {

    private static final String APPLY = "kubectl apply --server-side --force-conflicts -f helm-chart/crds";
    private static final String FLINK_OPERATOR = "flink-kubernetes-operator";

    private final KubernetesClient client;

    Definitions(KubernetesClient client) {
        this.client = client;
    }

    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        Chart.definitions().forEach(shipped -> lines.add(own(shipped)));
        lines.add(engine(
                "Strimzi",
                "install Strimzi 1.x with its CRDs, or upgrade it: docs/install.md",
                List.of(EngineKind.Kafka, EngineKind.KafkaConnect, EngineKind.KafkaTopic, EngineKind.KafkaConnector),
                this::strimziVersion));
        lines.add(engine(
                "Flink Kubernetes Operator",
                "install the Flink Kubernetes Operator with its CRDs: docs/install.md",
                List.of(EngineKind.FlinkDeployment),
                this::flinkOperatorVersion));
        return lines;
    }

    private Line own(CustomResourceDefinition shipped) {
        String name = shipped.getMetadata().getName();
        return Line.of("CRD " + name, () -> {
            CustomResourceDefinition found = client.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .withName(name)
                    .get();
            return found == null
                    ? new Verdict.Wrong("is not there", APPLY)
                    : compared(Serialization.jsonMapper().valueToTree(shipped.getSpec()), found);
        });
    }

    private static Verdict compared(JsonNode shipped, CustomResourceDefinition found) {
        JsonNode there = Serialization.jsonMapper().valueToTree(found.getSpec());
        Optional<String> difference = Difference.first(shipped, there);
        if (difference.isPresent()) {
            return new Verdict.Wrong(
                    "is not the one of version " + new Versions().tributary() + ": spec" + difference.get()
                            + " differs",
                    APPLY + " (of the version that the operator has)");
        }
        boolean established = found.getStatus() != null
                && found.getStatus().getConditions().stream()
                        .anyMatch(c -> c.getType().equals("Established")
                                && c.getStatus().equals("True"));
        return established
                ? new Verdict.Ok("is the one of version " + new Versions().tributary() + ", and serves "
                        + found.getSpec().getVersions().stream()
                                .filter(CustomResourceDefinitionVersion::getServed)
                                .map(CustomResourceDefinitionVersion::getName)
                                .collect(Collectors.joining(", ")))
                : new Verdict.Wrong(
                        "is not established: its names may be another CRD's",
                        "kubectl describe crd " + found.getMetadata().getName());
    }

    private Line engine(String operator, String install, List<EngineKind> kinds, Supplier<String> version) {
        return Line.of(operator, () -> {
            EngineKind first = kinds.getFirst();
            Set<String> served = served(first.apiVersion());
            List<EngineKind> missing =
                    kinds.stream().filter(kind -> !served.contains(kind.name())).toList();
            return missing.isEmpty()
                    ? new Verdict.Ok("serves " + first.apiVersion() + " " + names(kinds) + "; " + version.get())
                    : new Verdict.Wrong(
                            first.apiVersion() + " " + names(missing) + " is not served" + otherVersions(first.group()),
                            install);
        });
    }

    private Set<String> served(String apiVersion) {
        APIResourceList resources = client.getApiResources(apiVersion);
        return resources == null
                ? Set.of()
                : resources.getResources().stream().map(APIResource::getKind).collect(Collectors.toSet());
    }

    private String otherVersions(String group) {
        APIGroup there = client.getApiGroup(group);
        return there == null
                ? ""
                : ", though " + group + " is, in "
                        + there.getVersions().stream()
                                .map(GroupVersionForDiscovery::getVersion)
                                .collect(Collectors.joining(", "));
    }

    private static String names(List<EngineKind> kinds) {
        return kinds.stream().map(EngineKind::name).collect(Collectors.joining(", "));
    }

    /** Strimzi says in each Kafka which version of it was there last. */
    private String strimziVersion() {
        String versions =
                client
                        .genericKubernetesResources(EngineKind.Kafka.context())
                        .inAnyNamespace()
                        .list()
                        .getItems()
                        .stream()
                        .map(kafka -> EngineObject.of(EngineKind.Kafka, kafka)
                                .json()
                                .path("status")
                                .path("operatorLastSuccessfulVersion")
                                .asText())
                        .filter(version -> !version.isEmpty())
                        .distinct()
                        .collect(Collectors.joining(", "));
        return versions.isEmpty()
                ? "its version is not known: no Kafka has one in its status"
                : "version " + versions + ", say its Kafkas";
    }

    private String flinkOperatorVersion() {
        List<Deployment> deployments = client.apps()
                .deployments()
                .inAnyNamespace()
                .withLabel("app.kubernetes.io/name", FLINK_OPERATOR)
                .list()
                .getItems();
        return deployments.isEmpty()
                ? "the operator's version is not known: no Deployment is labelled app.kubernetes.io/name="
                        + FLINK_OPERATOR
                : "version "
                        + deployments.stream()
                                .map(d -> d.getMetadata()
                                        .getLabels()
                                        .getOrDefault("app.kubernetes.io/version", "unknown"))
                                .distinct()
                                .collect(Collectors.joining(", "))
                        + ", say the labels of its Deployment";
    }
}
