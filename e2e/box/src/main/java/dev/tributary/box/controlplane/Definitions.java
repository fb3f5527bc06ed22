package dev.tributary.box.controlplane;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Custom resource definitions, which take a moment until the API server serves them. */
public final class Definitions {

    private Definitions() {}

    /** Waits until all that there are now are served. */
    public static void awaitEstablished(KubernetesClient admin) {
        List<CustomResourceDefinition> all =
                admin.apiextensions().v1().customResourceDefinitions().list().getItems();
        all.forEach(definition ->
                admin.resource(definition).waitUntilCondition(Definitions::isEstablished, 30, TimeUnit.SECONDS));
    }

    private static boolean isEstablished(CustomResourceDefinition definition) {
        return definition != null
                && definition.getStatus() != null
                && definition.getStatus().getConditions() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(c -> c.getType().equals("Established")
                                && c.getStatus().equals("True"));
    }
}
