package dev.tributary.box.standin;

import io.fabric8.kubernetes.client.KubernetesClient;

/** A stand-in never works beside the operator that it plays: the two would fight over the same resources. */
public final class RealOperator {

    private RealOperator() {}

    /**
     * Looks for the operator's deployment in all namespaces.
     *
     * @throws IllegalStateException when it is there
     */
    public static void requireAbsent(KubernetesClient client, String deployment) {
        client.apps().deployments().inAnyNamespace().withField("metadata.name", deployment).list().getItems().stream()
                .findFirst()
                .ifPresent(found -> {
                    throw new IllegalStateException("The real operator runs here (deployment "
                            + found.getMetadata().getNamespace() + "/" + deployment
                            + "): the stand-in does not start beside it");
                });
    }
}
