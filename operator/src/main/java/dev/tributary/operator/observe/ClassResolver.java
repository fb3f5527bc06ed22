package dev.tributary.operator.observe;

import dev.tributary.api.v1alpha1.Api;
import dev.tributary.api.v1alpha1.PipelineClass;
import dev.tributary.api.v1alpha1.PipelineClassSpec.AllowedNamespaces;
import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.operator.claim.ClaimedPipeline;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.Resolution;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds a pipeline's class: the one it names, else the one it was pinned to, else the default; and whether it may use it. */
@ApplicationScoped
public class ClassResolver {

    private final KubernetesClient client;

    ClassResolver(KubernetesClient client) {
        this.client = client;
    }

    Resolution<PipelineClass> resolve(TenantPipeline pipeline, ClaimedPipeline claimed) {
        String name = pipeline.getSpec().classRef() == null
                ? claimed.className()
                : pipeline.getSpec().classRef().name();
        return name == null ? defaultClass(pipeline) : named(pipeline, name);
    }

    private Resolution<PipelineClass> named(TenantPipeline pipeline, String name) {
        PipelineClass found =
                client.resources(PipelineClass.class).withName(name).get();
        return found == null
                ? Resolution.blocked(
                        Reason.ClassNotFound,
                        "PipelineClass " + name
                                + " does not exist: correct spec.classRef.name, or ask a platform engineer"
                                + " for the class (kubectl get pipelineclasses lists them)")
                : admit(pipeline, found);
    }

    private Resolution<PipelineClass> defaultClass(TenantPipeline pipeline) {
        List<PipelineClass> defaults = client.resources(PipelineClass.class).list().getItems().stream()
                .filter(ClassResolver::isDefault)
                .toList();
        return switch (defaults.size()) {
            case 1 -> admit(pipeline, defaults.get(0));
            case 0 ->
                Resolution.blocked(
                        Reason.ClassNotFound,
                        "there is no default PipelineClass: set spec.classRef.name, or annotate a class with "
                                + Api.DEFAULT_CLASS_ANNOTATION + "=true");
            default ->
                Resolution.blocked(
                        Reason.ClassNotFound,
                        "more than one PipelineClass is marked as the default ("
                                + String.join(
                                        ", ",
                                        new TreeSet<>(defaults.stream()
                                                .map(c -> c.getMetadata().getName())
                                                .toList()))
                                + "): set spec.classRef.name, or keep the annotation " + Api.DEFAULT_CLASS_ANNOTATION
                                + " on one of them");
        };
    }

    private static boolean isDefault(PipelineClass pipelineClass) {
        Map<String, String> annotations = pipelineClass.getMetadata().getAnnotations();
        return annotations != null && "true".equals(annotations.get(Api.DEFAULT_CLASS_ANNOTATION));
    }

    private Resolution<PipelineClass> admit(TenantPipeline pipeline, PipelineClass found) {
        String className = found.getMetadata().getName();
        Namespace namespace = client.namespaces()
                .withName(pipeline.getMetadata().getNamespace())
                .get();
        Map<String, String> labels =
                namespace == null || namespace.getMetadata().getLabels() == null
                        ? Map.of()
                        : namespace.getMetadata().getLabels();
        return found.getSpec().allowedNamespaces().stream()
                        .anyMatch(a -> admits(a, labels, pipeline.getSpec().tenant()))
                ? new Resolution.Resolved<>(found)
                : Resolution.blocked(
                        Reason.NamespaceNotAllowed,
                        "PipelineClass " + className + " does not admit tenant "
                                + pipeline.getSpec().tenant() + " from namespace "
                                + pipeline.getMetadata().getNamespace()
                                + ": use another class, or ask a platform engineer to extend spec.allowedNamespaces");
    }

    static boolean admits(AllowedNamespaces allowed, Map<String, String> namespaceLabels, String tenant) {
        return selects(allowed.selector(), namespaceLabels)
                && (allowed.tenants() == null || allowed.tenants().stream().anyMatch(p -> matches(p, tenant)));
    }

    private static boolean matches(String pattern, String tenant) {
        String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
        return Pattern.matches(regex, tenant);
    }

    private static boolean selects(LabelSelector selector, Map<String, String> labels) {
        boolean allLabels = selector.getMatchLabels() == null
                || selector.getMatchLabels().entrySet().stream()
                        .allMatch(e -> Objects.equals(labels.get(e.getKey()), e.getValue()));
        return allLabels
                && (selector.getMatchExpressions() == null
                        || selector.getMatchExpressions().stream().allMatch(r -> selects(r, labels)));
    }

    private static boolean selects(LabelSelectorRequirement requirement, Map<String, String> labels) {
        @Nullable String value = labels.get(requirement.getKey());
        List<String> values = requirement.getValues() == null ? List.of() : requirement.getValues();
        return switch (requirement.getOperator()) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            // The API server does not know other operators; a class with one admits nobody.
            default -> false;
        };
    }
}
