package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A client whose namespace, login and pipeline come from a folder of a repository, by an application of Argo CD.
 *
 * @param client its database has a table items of three rows
 */
record TenantInGit(TestBox box, ArgoCd argoCd, GitRepository repository, Client client) {

    /** A tenant that nobody had before, and of which nothing is in Git. */
    static TenantInGit create(TestBox box, ArgoCd argoCd, GitRepository repository) {
        Client client = Client.create(box, "gitops");
        client.database().run("CREATE TABLE items (id int PRIMARY KEY)", "INSERT INTO items VALUES (1), (2), (3)");
        // Argo CD makes the namespace.
        box.kubernetes().namespaces().withName(client.name()).delete();
        await().atMost(Client.PATIENCE).untilAsserted(() -> assertThat(
                        box.kubernetes().namespaces().withName(client.name()).get())
                .isNull());
        return new TenantInGit(box, argoCd, repository, client);
    }

    /** What Argo CD shows of an application. */
    record Shown(String sync, String revision, String health) {}

    String folder() {
        return "tenants/" + client.name();
    }

    /** Commits the login and the pipeline, and waits until Argo CD shows the pipeline as healthy and all is read. */
    TenantInGit onboarded(String deletionPolicy) {
        commit(pipeline("Running", deletionPolicy), login(Client.PASSWORD));
        awaitShown("Healthy");
        client.awaitCondition("SnapshotComplete", "True", "Streaming");
        client.awaitEqual("items", "id");
        return this;
    }

    /** Commits files of the tenant's folder. */
    @SafeVarargs
    final void commit(Map.Entry<String, String>... files) {
        repository.commit(Map.ofEntries(files));
        argoCd.refresh();
    }

    Map.Entry<String, String> pipeline(String desiredState, String deletionPolicy) {
        return Map.entry(folder() + "/main.yaml", """
                apiVersion: tributary.dev/v1alpha1
                kind: TenantPipeline
                metadata:
                  name: main
                spec:
                  tenant: %s
                  desiredState: %s
                  deletionPolicy: %s
                  source:
                    postgresql:
                      host: "%s"
                      database: %s
                      credentials: {secretName: login}
                    tables:
                      - name: items
                """.formatted(
                        client.name(), desiredState, deletionPolicy, box.address(), client.name()));
    }

    Map.Entry<String, String> login(String password) {
        return Map.entry(folder() + "/login.yaml", """
                apiVersion: v1
                kind: Secret
                metadata:
                  name: login
                  annotations: {argocd.argoproj.io/sync-wave: "-1"}
                data: {username: "%s", password: "%s"}
                """.formatted(base64(client.name()), base64(password)));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    Resource<GenericKubernetesResource> application() {
        return box.kubernetes()
                .genericKubernetesResources("argoproj.io/v1alpha1", "Application")
                .inNamespace(ArgoCd.NAMESPACE)
                .withName("tenant-" + client.name());
    }

    /** How the application is shown now; not at all where Argo CD has not got to it. */
    Shown shown() {
        GenericKubernetesResource application = application().get();
        return application == null
                ? new Shown("", "", "")
                : new Shown(
                        text(application, "status", "sync", "status"),
                        text(application, "status", "sync", "revision"),
                        text(application, "status", "health", "status"));
    }

    private static String text(GenericKubernetesResource resource, Object... path) {
        Object value = resource.get(path);
        return value == null ? "" : value.toString();
    }

    /** The health check's message about the pipeline. */
    String message() {
        List<Map<String, Object>> resources = application().get().get("status", "resources");
        return resources.stream()
                .filter(r -> "TenantPipeline".equals(r.get("kind")))
                .map(r -> ((Map<?, ?>) r.get("health")).get("message").toString())
                .findFirst()
                .orElseThrow();
    }

    /** Waits until Argo CD has applied the newest commit and shows this health. */
    void awaitShown(String health) {
        Shown wanted = new Shown("Synced", repository.head(), health);
        await(client.name() + " " + health)
                .atMost(Client.PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(() -> assertThat(shown())
                        .as(() -> String.valueOf(client.pipeline()))
                        .isEqualTo(wanted));
    }

    /** Removes the folder, and waits until Argo CD has taken down what came from it. */
    void removeAndAwait() {
        repository.remove(folder());
        argoCd.refresh();
        await(client.name() + " gone").atMost(Client.PATIENCE).untilAsserted(() -> assertThat(
                        application().get())
                .as(() -> String.valueOf(client.pipeline()))
                .isNull());
    }
}
