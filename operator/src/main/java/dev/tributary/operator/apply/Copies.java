package dev.tributary.operator.apply;

import dev.tributary.operator.OperatorConfig;
import dev.tributary.operator.claim.Identity;
import dev.tributary.operator.kubernetes.Labels;
import dev.tributary.operator.kubernetes.SecretCopy;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The immutable copies that a pipeline's engines refer to: credentials and job specs. */
@ApplicationScoped
public class Copies {

    private final KubernetesClient client;
    private final OperatorConfig config;
    private final Map<Identity, Set<String>> pruned = new ConcurrentHashMap<>();

    Copies(KubernetesClient client, OperatorConfig config) {
        this.client = client;
        this.config = config;
    }

    /** The credentials of the client's database, decoded, if a copy is there: the newest one. */
    public Optional<Map<String, String>> source(Identity identity) {
        return sourceCopies(identity).stream()
                .max(Comparator.comparing(s -> s.getMetadata().getCreationTimestamp()))
                .map(Copies::decode);
    }

    /** Deletes the copies of the credentials of the client's database. */
    public void deleteSource(Identity identity) {
        sourceCopies(identity).forEach(s -> client.resource(s).delete());
    }

    /** Deletes every copy of a pipeline. */
    public void deleteAll(Identity identity) {
        pruned.remove(identity);
        deleteSource(identity);
        for (String namespace : config.flinkNamespaces()) {
            secrets(identity, namespace).forEach(s -> client.resource(s).delete());
            configMaps(identity, namespace).forEach(c -> client.resource(c).delete());
        }
    }

    /**
     * Deletes the copies that no engine refers to any more: an older password, an older job spec. Asks Kubernetes only when
     * they have changed.
     */
    public void prune(Pass pass) {
        Identity identity = pass.plan().identity();
        Set<String> current = Set.of(
                pass.references().sourceCopy().name(),
                pass.references().clickhouseCopy().name(),
                pass.plan().jobSpec().getMetadata().getName());
        if (current.equals(pruned.get(identity))) {
            return;
        }
        List<Secret> secrets = new ArrayList<>(sourceCopies(identity));
        for (String namespace : config.flinkNamespaces()) {
            secrets.addAll(secrets(identity, namespace));
            configMaps(identity, namespace).stream()
                    .filter(c -> !current.contains(c.getMetadata().getName()))
                    .forEach(c -> client.resource(c).delete());
        }
        secrets.stream()
                .filter(s -> !current.contains(s.getMetadata().getName()))
                .forEach(s -> client.resource(s).delete());
        pruned.put(identity, current);
    }

    private List<ConfigMap> configMaps(Identity identity, String namespace) {
        return client.configMaps()
                .inNamespace(namespace)
                .withLabels(labels(identity))
                .list()
                .getItems();
    }

    private List<Secret> sourceCopies(Identity identity) {
        return config.kafkaNamespaces().stream()
                .flatMap(namespace -> secrets(identity, namespace).stream())
                .filter(s ->
                        s.getMetadata().getName().startsWith(identity.resourceName() + SecretCopy.SOURCE_SUFFIX + "-"))
                .toList();
    }

    private List<Secret> secrets(Identity identity, String namespace) {
        return client.secrets()
                .inNamespace(namespace)
                .withLabels(labels(identity))
                .list()
                .getItems();
    }

    private static Map<String, String> labels(Identity identity) {
        return Labels.of(identity.tenant(), identity.namespace(), identity.name());
    }

    private static Map<String, String> decode(Secret secret) {
        Map<String, String> decoded = new HashMap<>();
        secret.getData()
                .forEach((key, value) ->
                        decoded.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        return decoded;
    }
}
