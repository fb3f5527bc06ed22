package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.box.cache.FileTree;
import dev.tributary.box.cache.UserCache;
import dev.tributary.box.layout.Identity;
import dev.tributary.box.pki.PrivateFile;
import dev.tributary.box.supervisor.BackOff;
import dev.tributary.box.supervisor.Supervisor;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Argo CD beside a box: the application controller, the ApplicationSet controller and the repo server, with the rights of a
 * service account on the box's API server. Redis is a stand-in.
 */
final class ArgoCd implements AutoCloseable {

    static final String NAMESPACE = "argocd";
    /** Who it is on the API server. */
    static final String USER = "system:serviceaccount:argocd:argocd";

    private static final String REDIS = "redis-stand-in";
    private static final String REPO_SERVER = "argocd-repo-server";
    private static final int REDIS_PORT = 16379;
    private static final int REPO_SERVER_PORT = 18081;
    private static final int WEBHOOK_PORT = 18082;

    /** What its own installation makes, but for who it is: here one service account for all, which may do everything. */
    private static final String INSTALLATION = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: argocd}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: argocd, namespace: argocd}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: argocd}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
            subjects:
              - {kind: ServiceAccount, name: argocd, namespace: argocd}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: argocd-cm, namespace: argocd, labels: {app.kubernetes.io/part-of: argocd}}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: argocd-rbac-cm, namespace: argocd, labels: {app.kubernetes.io/part-of: argocd}}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: argocd-secret, namespace: argocd, labels: {app.kubernetes.io/part-of: argocd}}
            stringData: {server.secretkey: nobody-logs-in-here}
            """;

    private final TestBox box;
    private final ArgoCdProgram programs;
    private final Path folder;
    private final Supervisor supervisor;

    private ArgoCd(TestBox box, ArgoCdProgram programs, Path folder) {
        this.box = box;
        this.programs = programs;
        this.folder = folder;
        this.supervisor = new Supervisor(name -> folder.resolve(name + ".log"), BackOff.STANDARD);
    }

    /** Installs it with the health checks that the chart brings, and starts it. */
    static ArgoCd start(TestBox box, Path folder) throws IOException, InterruptedException {
        FileTree.delete(folder);
        ArgoCdProgram programs = ArgoCdProgram.fetch(UserCache.ofUser(), System.out::println);
        ArgoCd argoCd = new ArgoCd(box, programs, Files.createDirectories(folder.toAbsolutePath()));
        argoCd.install();
        argoCd.run();
        return argoCd;
    }

    private void install() throws IOException {
        for (String kind : List.of("application", "applicationset", "appproject")) {
            // Too large for the annotation of a client-side apply.
            kubectl("", "apply", "--server-side", "-f", programs.crd(kind).toString());
        }
        kubectl(INSTALLATION, "apply", "-f", "-");
        kubectl(
                "",
                "patch",
                "configmap",
                "argocd-cm",
                "--namespace=argocd",
                "--patch-file=" + box.layout().checkout().chart().resolve("argocd-cm.yaml"));
        kubectl(
                "",
                "wait",
                "--for=condition=Established",
                "crd/applications.argoproj.io",
                "crd/applicationsets.argoproj.io",
                "crd/appprojects.argoproj.io");
        PrivateFile.write(kubeconfig(), accountConfig().getBytes(StandardCharsets.UTF_8));
    }

    private Path kubeconfig() {
        return folder.resolve("kubeconfig.yaml");
    }

    private String accountConfig() throws IOException {
        Config admin = Config.fromKubeconfig(Files.readString(box.layout().kubeconfig(Identity.ADMIN)));
        return """
                apiVersion: v1
                kind: Config
                clusters:
                  - name: box
                    cluster: {server: "%s", certificate-authority: "%s"}
                users:
                  - name: argocd
                    user: {token: "%s"}
                contexts:
                  - name: box
                    context: {cluster: box, user: argocd, namespace: argocd}
                current-context: box
                """.formatted(
                        admin.getMasterUrl(),
                        box.layout().pki().resolve("ca.crt"),
                        kubectl("", "create", "token", "argocd", "--namespace=argocd", "--duration=4h")
                                .strip());
    }

    private void run() throws IOException {
        String redis = "--redis=" + box.address() + ":" + REDIS_PORT;
        String repoServer = box.address() + ":" + REPO_SERVER_PORT;
        int metrics = freePort();
        supervisor.start(List.of(
                part(REDIS, REDIS_PORT, Set.of(), box.address() + ":" + REDIS_PORT),
                part(
                        REPO_SERVER,
                        REPO_SERVER_PORT,
                        Set.of(REDIS),
                        redis,
                        "--address=" + box.address(),
                        "--port=" + REPO_SERVER_PORT,
                        "--metrics-address=" + box.address(),
                        "--metrics-port=0",
                        "--disable-tls",
                        // A commit is seen within seconds, as with a webhook.
                        "--revision-cache-expiration=2s"),
                part(
                        "argocd-application-controller",
                        metrics,
                        Set.of(REPO_SERVER),
                        redis,
                        "--repo-server=" + repoServer,
                        "--repo-server-plaintext",
                        "--metrics-port=" + metrics,
                        "--app-resync=5",
                        "--app-resync-jitter=0",
                        // Else only its web interface has the messages.
                        "--persist-resource-health"),
                part(
                        "argocd-applicationset-controller",
                        WEBHOOK_PORT,
                        Set.of(REPO_SERVER),
                        "--argocd-repo-server=" + repoServer,
                        "--repo-server-plaintext",
                        "--metrics-addr=" + box.address() + ":0",
                        "--probe-addr=" + box.address() + ":0",
                        "--webhook-addr=" + box.address() + ":" + WEBHOOK_PORT)));
        await("Argo CD").atMost(Client.PATIENCE).untilAsserted(() -> assertThat(supervisor.isAllHealthy())
                .as(() -> supervisor.status() + ", see " + folder)
                .isTrue());
    }

    private ArgoCdPart part(String name, int port, Set<String> after, String... arguments) throws IOException {
        return new ArgoCdPart(
                programs,
                name,
                List.of(arguments),
                Files.createDirectories(folder.resolve(name)),
                kubeconfig(),
                box.address(),
                port,
                after);
    }

    /** The application controller's metrics are on all addresses. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    ArgoCdProgram programs() {
        return programs;
    }

    /** What a webhook of the Git server does: the ApplicationSet looks for new folders at once. */
    void refresh() {
        kubectl(
                "",
                "annotate",
                "applicationset",
                "tributary-tenants",
                "--namespace=argocd",
                "--overwrite",
                "argocd.argoproj.io/application-set-refresh=true");
    }

    /** What Argo CD's administrator does; fails unless it succeeds. */
    String kubectl(String input, String... arguments) {
        Kubectl.Result result = box.kubectl(input, arguments);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }

    @Override
    public void close() {
        supervisor.close();
    }
}
