package dev.tributary.box.controlplane;

import dev.tributary.box.layout.BoxLayout;
import dev.tributary.box.layout.Identity;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Connects to a box's API server and no other: nothing is read from the environment. */
public final class KubernetesAccess {

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int PROBE_TIMEOUT_MILLIS = 3_000;
    private static final int RETRIES = 6;

    private KubernetesAccess() {}

    /** A client to be closed; it tries again for some seconds when the API server is busy, as with a kind that is new. */
    public static KubernetesClient connect(BoxLayout layout, Identity identity) throws IOException {
        return connect(layout, identity, RETRIES);
    }

    /** A client to be closed; it tries once. */
    static KubernetesClient connectForProbes(BoxLayout layout) throws IOException {
        return connect(layout, Identity.ADMIN, 0);
    }

    private static KubernetesClient connect(BoxLayout layout, Identity identity, int retries) throws IOException {
        Path kubeconfig = layout.kubeconfig(identity);
        Config config = new ConfigBuilder(Config.fromKubeconfig(Files.readString(kubeconfig)))
                .withConnectionTimeout(retries == 0 ? PROBE_TIMEOUT_MILLIS : TIMEOUT_MILLIS)
                .withRequestTimeout(retries == 0 ? PROBE_TIMEOUT_MILLIS : TIMEOUT_MILLIS)
                .withRequestRetryBackoffLimit(retries)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
