package dev.tributary.box.controlplane;

import dev.tributary.box.layout.BoxLayout;
import dev.tributary.box.layout.Identity;
import dev.tributary.box.part.Command;
import dev.tributary.box.part.Health;
import dev.tributary.box.part.Part;
import dev.tributary.box.pki.Pki;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The API server: TLS, client certificates, RBAC, and an audit log of every request. */
public final class ApiServer implements Part {

    public static final String NAME = "kube-apiserver";

    /** Everything is noted, since the tests count writes; bodies are not, since some are Secrets. */
    private static final String AUDIT_POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: [RequestReceived]
            rules:
              - level: Metadata
            """;

    private final BoxLayout layout;
    private final Path programs;
    private final Furnishing furnishing;
    private @Nullable KubernetesClient prober;

    /** What is put into a fresh API server. */
    @FunctionalInterface
    public interface Furnishing {
        /** Applies everything; idempotent. */
        void apply(KubernetesClient admin) throws IOException, InterruptedException;
    }

    /**
     * @param programs the folder with the control plane's programs
     */
    public ApiServer(BoxLayout layout, Path programs, Furnishing furnishing) {
        this.layout = layout;
        this.programs = programs;
        this.furnishing = furnishing;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String version() {
        return ControlPlaneProgram.KUBERNETES_VERSION;
    }

    @Override
    public int memoryBoundMegabytes() {
        return 640;
    }

    @Override
    public Set<String> after() {
        return Set.of(Etcd.NAME);
    }

    @Override
    public Command command() throws IOException {
        Pki pki = new Pki(layout);
        Path data = layout.data(NAME);
        Path policy = Files.writeString(data.resolve("audit-policy.yaml"), AUDIT_POLICY);
        List<String> arguments = List.of(
                programs.resolve(NAME).toString(),
                "--bind-address=" + layout.address(),
                "--advertise-address=" + layout.address(),
                "--secure-port=" + BoxLayout.API_SERVER_PORT,
                "--etcd-servers=" + Etcd.url(layout),
                "--etcd-cafile=" + pki.ca(),
                "--etcd-certfile=" + pki.certificate(NAME),
                "--etcd-keyfile=" + pki.key(NAME),
                "--tls-cert-file=" + pki.certificate(NAME),
                "--tls-private-key-file=" + pki.key(NAME),
                "--client-ca-file=" + pki.ca(),
                "--authorization-mode=RBAC",
                "--anonymous-auth=false",
                "--service-account-issuer=" + layout.apiServerUrl(),
                "--service-account-key-file=" + pki.key("service-accounts"),
                "--service-account-signing-key-file=" + pki.key("service-accounts"),
                "--service-cluster-ip-range=10.0.0.0/24",
                // There are no nodes and no pods here, so nothing mounts what this plugin adds.
                "--disable-admission-plugins=ServiceAccount",
                "--endpoint-reconciler-type=none",
                "--audit-policy-file=" + policy,
                "--audit-log-path=" + layout.auditLog(),
                "--audit-log-maxsize=50",
                "--audit-log-maxbackup=2",
                "--profiling=false");
        return new Command(
                arguments, Map.of("GOMEMLIMIT", memoryBoundMegabytes() + "MiB"), data, Command.Ending.TERMINATE);
    }

    @Override
    public Health health() {
        try {
            String ready = prober().raw("/readyz");
            return "ok".equals(ready)
                    ? new Health.Healthy()
                    : new Health.Unhealthy("/readyz of the API server does not say ok");
        } catch (KubernetesClientException | IOException e) {
            return new Health.Unhealthy("no answer from " + layout.apiServerUrl());
        }
    }

    /** One client for all probes: making one costs more than the probe. It lives as long as this JVM. */
    private synchronized KubernetesClient prober() throws IOException {
        if (prober == null) {
            prober = KubernetesAccess.connectForProbes(layout);
        }
        return prober;
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        try (KubernetesClient admin = KubernetesAccess.connect(layout, Identity.ADMIN)) {
            furnishing.apply(admin);
        }
    }
}
