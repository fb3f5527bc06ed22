package dev.tributary.cli.doctor;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether the operator's service account has what the chart of this version grants. Asked of the API server, right by right:
 * what is written in a cluster's roles may be old, or bound to nobody.
 */
final class Rights {

    private static final int SHOWN = 4;

    private final KubernetesClient client;
    private final Operator operator;

    Rights(KubernetesClient client, Operator operator) {
        this.client = client;
        this.operator = operator;
    }

    Line line() {
        String account = operator.namespace() + "/" + operator.serviceAccount();
        return Line.of("Rights of service account " + account, () -> {
            List<ResourceAttributes> needed = needed();
            List<String> missing = needed.parallelStream()
                    .filter(right -> !isGranted(right))
                    .map(Rights::shown)
                    .sorted()
                    .toList();
            return missing.isEmpty()
                    ? new Verdict.Ok("has all " + needed.size() + " that the chart grants")
                    : new Verdict.Wrong(
                            "lacks " + missing.size() + " of " + needed.size() + ": "
                                    + missing.stream().limit(SHOWN).collect(Collectors.joining("; "))
                                    + (missing.size() > SHOWN ? "; ..." : ""),
                            "helm upgrade with the chart of this version, whose roles grant them");
        });
    }

    private List<ResourceAttributes> needed() {
        List<ResourceAttributes> needed = new ArrayList<>();
        for (Chart.Grant grant : Chart.grants()) {
            for (String namespace : namespaces(grant.place())) {
                for (String resource : grant.rule().getResources()) {
                    boolean ofLeases = resource.equals("leases");
                    if (ofLeases && !operator.usesLease()) {
                        continue;
                    }
                    for (String verb : grant.rule().getVerbs()) {
                        needed.add(attributes(grant, namespace, resource, verb));
                    }
                }
            }
        }
        return needed;
    }

    private Collection<String> namespaces(Chart.Place place) {
        return switch (place) {
            case EVERYWHERE -> Set.of("");
            case OPERATOR_NAMESPACE -> Set.of(operator.namespace());
            case KAFKA_NAMESPACES -> operator.kafkaNamespaces();
            case FLINK_NAMESPACES -> operator.flinkNamespaces();
        };
    }

    private static ResourceAttributes attributes(Chart.Grant grant, String namespace, String resource, String verb) {
        String[] parts = resource.split("/", 2);
        List<String> names = grant.rule().getResourceNames();
        return new ResourceAttributesBuilder()
                .withGroup(grant.rule().getApiGroups().getFirst())
                .withResource(parts[0])
                .withSubresource(parts.length > 1 ? parts[1] : null)
                .withName(names == null || names.isEmpty() ? null : names.getFirst())
                .withNamespace(namespace)
                .withVerb(verb)
                .build();
    }

    private boolean isGranted(ResourceAttributes right) {
        SubjectAccessReview answer = client.authorization()
                .v1()
                .subjectAccessReview()
                .create(new SubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withUser("system:serviceaccount:" + operator.namespace() + ":" + operator.serviceAccount())
                        .withGroups(
                                "system:serviceaccounts",
                                "system:serviceaccounts:" + operator.namespace(),
                                "system:authenticated")
                        .withResourceAttributes(right)
                        .endSpec()
                        .build());
        return answer.getStatus() != null
                && Boolean.TRUE.equals(answer.getStatus().getAllowed());
    }

    private static String shown(ResourceAttributes right) {
        String subresource = right.getSubresource() == null ? "" : "/" + right.getSubresource();
        String namespace = right.getNamespace() == null || right.getNamespace().isEmpty()
                ? ""
                : " in namespace " + right.getNamespace();
        return right.getVerb() + " " + right.getResource() + subresource + namespace;
    }
}
