package dev.tributary.operator.observe;

import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.Resolution;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads Secrets, one at a time and by name: the operator may neither list nor watch them. */
@ApplicationScoped
public class Secrets {

    /** Keys of a Secret that holds a login. */
    public static final String USERNAME = "username";

    public static final String PASSWORD = "password";

    /** Key of a Secret that holds a certificate authority, PEM. */
    public static final String CA = "ca.crt";

    private final KubernetesClient client;

    Secrets(KubernetesClient client) {
        this.client = client;
    }

    /** A Secret's content, decoded; empty when there is no such Secret. */
    public Optional<Map<String, String>> read(String namespace, String name) {
        Secret secret = client.secrets().inNamespace(namespace).withName(name).get();
        if (secret == null) {
            return Optional.empty();
        }
        Map<String, String> decoded = new HashMap<>();
        if (secret.getData() != null) {
            secret.getData()
                    .forEach((key, value) ->
                            decoded.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        }
        return Optional.of(decoded);
    }

    /** The keys username and password of a Secret, or what is missing; the field says who refers to it. */
    public Resolution<Map<String, String>> credentials(String namespace, String name, String field) {
        return keys(namespace, name, List.of(USERNAME, PASSWORD), field);
    }

    /** The values of these keys, or what is missing; the field says who refers to the Secret. */
    public Resolution<Map<String, String>> keys(String namespace, String name, List<String> keys, String field) {
        Optional<Map<String, String>> data = read(namespace, name);
        if (data.isEmpty()) {
            return Resolution.blocked(
                    Reason.SecretNotFound,
                    "Secret " + namespace + "/" + name + " does not exist: create it with the "
                            + (keys.size() == 1 ? "key " : "keys ") + String.join(" and ", keys) + ", or correct "
                            + field);
        }
        Map<String, String> values = new HashMap<>();
        for (String key : keys) {
            String value = data.get().get(key);
            if (value == null || value.isEmpty()) {
                return Resolution.blocked(
                        Reason.SecretKeyMissing,
                        "Secret " + namespace + "/" + name + " has no key " + key + ": add it");
            }
            values.put(key, value);
        }
        return new Resolution.Resolved<>(Map.copyOf(values));
    }
}
