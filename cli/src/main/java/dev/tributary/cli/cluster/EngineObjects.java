package dev.tributary.cli.cluster;

import dev.tributary.api.v1alpha1.Api;
import dev.tributary.api.v1alpha1.PipelineClass;
import dev.tributary.api.v1alpha1.PipelineClassSpec;
import dev.tributary.api.v1alpha1.TenantPipeline;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The engines' objects that pipelines are made of.
 *
 * @param found what could be read
 * @param unread why something could not be read, a sentence each
 */
public record EngineObjects(List<EngineObject> found, List<String> unread) {

    /** Those of one pipeline, by the labels that the operator gives them, in its class's engine namespaces. */
    public static EngineObjects of(TenantPipeline pipeline, KubernetesClient client) {
        if (pipeline.getStatus() == null
                || pipeline.getStatus().effective() == null
                || pipeline.getStatus().effective().className() == null) {
            return new EngineObjects(List.of(), List.of());
        }
        String className = pipeline.getStatus().effective().className();
        PipelineClass pipelineClass;
        try {
            pipelineClass =
                    client.resources(PipelineClass.class).withName(className).get();
        } catch (KubernetesClientException e) {
            return new EngineObjects(
                    List.of(),
                    List.of("PipelineClass " + className + ": " + Refused.of(e).why()));
        }
        if (pipelineClass == null) {
            return new EngineObjects(List.of(), List.of("PipelineClass " + className + " does not exist"));
        }
        return in(
                pipelineClass.getSpec(),
                Map.of(
                        Api.PIPELINE_NAMESPACE_LABEL, pipeline.getMetadata().getNamespace(),
                        Api.PIPELINE_NAME_LABEL, pipeline.getMetadata().getName()),
                client);
    }

    private static EngineObjects in(PipelineClassSpec spec, Map<String, String> labels, KubernetesClient client) {
        EngineObjects all = new EngineObjects(new ArrayList<>(), new ArrayList<>());
        for (EngineKind kind : EngineKind.children()) {
            String namespace =
                    switch (kind) {
                        case KafkaConnector -> spec.connect().namespace();
                        case FlinkDeployment -> spec.flink().namespace();
                        default -> spec.kafka().namespace();
                    };
            all.add(kind, namespace, labels, client);
        }
        return all;
    }

    private void add(EngineKind kind, String namespace, Map<String, String> labels, KubernetesClient client) {
        try {
            client
                    .genericKubernetesResources(kind.context())
                    .inNamespace(namespace)
                    .withLabels(labels)
                    .list()
                    .getItems()
                    .stream()
                    .map(resource -> EngineObject.of(kind, resource))
                    .sorted(Comparator.comparing(EngineObject::name))
                    .forEach(found::add);
        } catch (KubernetesClientException e) {
            unread.add(
                    kind + " in namespace " + namespace + ": " + Refused.of(e).why());
        }
    }

    /** Those of one kind. */
    public List<EngineObject> of(EngineKind kind) {
        return found.stream().filter(o -> o.kind() == kind).toList();
    }
}
