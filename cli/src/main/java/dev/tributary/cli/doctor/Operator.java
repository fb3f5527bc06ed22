package dev.tributary.cli.doctor;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tributary's operator, as its Deployment describes it.
 *
 * @param deployment the chart's
 */
record Operator(Deployment deployment) {

    String namespace() {
        return deployment.getMetadata().getNamespace();
    }

    String name() {
        return deployment.getMetadata().getName();
    }

    int wantedReplicas() {
        return Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
    }

    int readyReplicas() {
        return deployment.getStatus() == null
                ? 0
                : Objects.requireNonNullElse(deployment.getStatus().getReadyReplicas(), 0);
    }

    String serviceAccount() {
        return deployment.getSpec().getTemplate().getSpec().getServiceAccountName();
    }

    boolean usesLease() {
        return !"false".equals(setting("TRIBUTARY_OPERATOR_LEADER_ELECTION"));
    }

    /** Where it watches Strimzi's objects. */
    Set<String> kafkaNamespaces() {
        return namespaces("TRIBUTARY_OPERATOR_KAFKA_NAMESPACES");
    }

    /** Where it watches FlinkDeployments. */
    Set<String> flinkNamespaces() {
        return namespaces("TRIBUTARY_OPERATOR_FLINK_NAMESPACES");
    }

    /** The images, with their tags. */
    String images() {
        return containers().stream().map(Container::getImage).collect(Collectors.joining(", "));
    }

    private Set<String> namespaces(String variable) {
        return Arrays.stream(setting(variable).split(","))
                .map(String::strip)
                .filter(namespace -> !namespace.isEmpty())
                .collect(Collectors.toSet());
    }

    private String setting(String variable) {
        return containers().stream()
                .flatMap(c -> c.getEnv().stream())
                .filter(e -> variable.equals(e.getName()))
                .map(EnvVar::getValue)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    private List<Container> containers() {
        return deployment.getSpec().getTemplate().getSpec().getContainers();
    }
}
