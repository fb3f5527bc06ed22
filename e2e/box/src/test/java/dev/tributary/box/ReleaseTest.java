package dev.tributary.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.marcnuri.helm.Helm;
import dev.tributary.box.controlplane.KubernetesAccess;
import dev.tributary.box.jvm.Jvm;
import dev.tributary.box.layout.Identity;
import dev.tributary.box.operator.OperatorProcess;
import dev.tributary.box.part.Health;
import dev.tributary.box.part.Probe;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart on a real API server: installed, upgraded and uninstalled by Helm. */
class ReleaseTest {

    private static final Path FOLDER = Path.of("target", "release-box");

    private static Box box;
    private static KubernetesClient admin;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        box = SmallBox.start(FOLDER);
        admin = KubernetesAccess.connect(box.layout(), Identity.ADMIN);
    }

    @AfterAll
    static void stop() throws Exception {
        admin.close();
        box.close();
    }

    /** The pod security standard "restricted" is enforced by the API server itself. */
    @Test
    void thePodsAreRestrictedOnes() {
        namespace("restricted", Map.of("pod-security.kubernetes.io/enforce", "restricted"));
        PodSpec spec = deployment("tributary-system", "tributary-operator")
                .getSpec()
                .getTemplate()
                .getSpec();

        Pod admitted = admin.resource(pod("restricted", spec)).create();

        assertThat(admitted.getMetadata().getUid()).isNotNull();
        spec.getSecurityContext().setRunAsNonRoot(null);
        spec.getSecurityContext().setRunAsUser(0L);
        assertThatThrownBy(() -> admin.resource(pod("restricted", spec)).create())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("violates PodSecurity");
    }

    /**
     * The entry point of the image, from its working directory, with the Deployment's settings. A build without -Pimages puts no JVM
     * into the image: the test's own stands in for it.
     */
    @Test
    void theImageStartsAndWritesNothingIntoItself() throws Exception {
        UnpackedImage image = UnpackedImage.of("operator", folder);
        Path java = image.workingDirectory().resolve("runtime/bin/java");
        Map<String, String> environment = new HashMap<>(OperatorProcess.environment(box.layout()));
        if (Files.exists(java)) {
            // A cache that does not fit is no more ignored, but ends the JVM.
            environment.put("JDK_JAVA_OPTIONS", "-XX:AOTMode=on");
        } else {
            Files.createDirectories(java.getParent());
            Files.createSymbolicLink(java, Jvm.java());
        }
        Container container = deployment("tributary-system", "tributary-operator")
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();
        container.getEnv().stream()
                .filter(variable -> variable.getValue() != null)
                .forEach(variable -> environment.put(variable.getName(), variable.getValue()));
        Map<String, String> before = image.content();
        Path log = folder.resolve("operator.log");
        ProcessBuilder command = new ProcessBuilder(image.entrypoint())
                .directory(image.workingDirectory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        command.environment().putAll(environment);

        Process operator = command.start();

        try {
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                assertThat(operator.isAlive()).as(Files.readString(log)).isTrue();
                assertThat(Probe.http(box.layout().operatorUrl() + "/q/health/ready"))
                        .isInstanceOf(Health.Healthy.class);
            });
            assertThat(helmTestSucceeds()).isTrue();
        } finally {
            operator.destroy();
            operator.waitFor();
        }
        assertThat(helmTestSucceeds()).as("with no operator").isFalse();
        assertThat(image.content()).isEqualTo(before);
        assertThat(image.config().get("User").asText()).isEqualTo("1001:1001");
    }

    /** helm test, with the kubelet's part played: the pod's command runs here, and the pod then says how it ended. */
    private static boolean helmTestSucceeds() throws Exception {
        CompletableFuture<String> helm = CompletableFuture.supplyAsync(() -> Helm.test("tributary")
                .withNamespace("tributary-system")
                .withKubeConfig(box.layout().kubeconfig(Identity.ADMIN))
                .withTimeout(60)
                .call()
                .getStatus());
        PodResource pod = admin.pods().inNamespace("tributary-system").withName("tributary-operator-is-ready");
        pod.waitUntilCondition(Objects::nonNull, 30, TimeUnit.SECONDS);
        ProcessBuilder command = new ProcessBuilder(
                pod.get().getSpec().getContainers().getFirst().getCommand());
        command.environment().put("OPERATOR", box.layout().address());
        int exitCode = command.inheritIO().start().waitFor();
        pod.editStatus(p -> new PodBuilder(p)
                .editOrNewStatus()
                .withPhase(exitCode == 0 ? "Succeeded" : "Failed")
                .endStatus()
                .build());
        try {
            helm.get(1, TimeUnit.MINUTES);
            return true;
        } catch (ExecutionException failed) {
            assertThat(failed).hasMessageContaining("tributary-operator-is-ready");
            return false;
        }
    }

    @Test
    void theRightsAreThoseOfTheDocumentedTable() throws Exception {
        List<String> table = new OperatorRights(box).table();

        assertThat(table)
                .as("docs/rights.md should have\n" + String.join("\n", table))
                .isEqualTo(
                        OperatorRights.documented(box.layout().checkout().root().resolve("docs/rights.md")));
    }

    @Test
    void anUpgradeKeepsAndAnUninstallLeavesWhatPipelinesNeed() throws IOException {
        for (String name : new String[] {"other-system", "other-kafka", "other-flink"}) {
            namespace(name, Map.of());
        }
        new Helm(box.layout().checkout().chart())
                .install()
                .withName("other")
                .withNamespace("other-system")
                .withKubeConfig(box.layout().kubeconfig(Identity.ADMIN))
                .withValuesFile(values(0))
                .call();
        admin.resource("""
                        apiVersion: tributary.dev/v1alpha1
                        kind: TenantPipeline
                        metadata: {name: shop, namespace: other-system}
                        spec:
                          tenant: other
                          classRef: {name: other}
                          source:
                            postgresql: {host: db, database: shop, credentials: {secretName: db}}
                            tables: [{name: orders}]
                        """).create();

        new Helm(box.layout().checkout().chart())
                .upgrade()
                .withName("other")
                .withNamespace("other-system")
                .withKubeConfig(box.layout().kubeconfig(Identity.ADMIN))
                .withValuesFile(values(2))
                .call();
        assertThat(deployment("other-system", "other-tributary-operator")
                        .getSpec()
                        .getReplicas())
                .isEqualTo(2);
        assertThat(pipelineIsThere()).isTrue();
        Helm.uninstall("other")
                .withNamespace("other-system")
                .withKubeConfig(box.layout().kubeconfig(Identity.ADMIN))
                .call();

        assertThat(deployment("other-system", "other-tributary-operator")).isNull();
        assertThat(admin.rbac()
                        .clusterRoles()
                        .withName("other-tributary-operator")
                        .get())
                .isNull();
        assertThat(pipelineIsThere()).isTrue();
        assertThat(admin.genericKubernetesResources("tributary.dev/v1alpha1", "PipelineClass")
                        .withName("other")
                        .get())
                .isNotNull();
    }

    private static boolean pipelineIsThere() {
        return admin.genericKubernetesResources("tributary.dev/v1alpha1", "TenantPipeline")
                        .inNamespace("other-system")
                        .withName("shop")
                        .get()
                != null;
    }

    private Path values(int replicas) throws IOException {
        return Files.writeString(folder.resolve("values.yaml"), """
                replicas: %d
                engines: {kafkaNamespaces: [other-kafka], flinkNamespaces: [other-flink]}
                pipelineClass:
                  create: true
                  name: other
                  default: false
                  spec:
                    allowedNamespaces: [{selector: {}}]
                    kafka: {namespace: other-kafka, cluster: events, listener: plain, topics: {}}
                    connect: {namespace: other-kafka, cluster: connect, secretsProvider: secrets}
                    flink:
                      namespace: other-flink
                      image: job
                      serviceAccount: flink
                      stateStorage: s3://state
                      jobManager: {cpu: "1", memory: 1024m}
                      taskManager: {cpu: "1", memory: 1024m}
                    clickhouse: {url: "http://clickhouse:8123", credentials: {secretName: clickhouse}}
                """.formatted(replicas));
    }

    private static Deployment deployment(String namespace, String name) {
        return admin.apps().deployments().inNamespace(namespace).withName(name).get();
    }

    private static Pod pod(String namespace, PodSpec spec) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withGenerateName("operator-")
                .endMetadata()
                .withSpec(spec)
                .build();
    }

    private static void namespace(String name, Map<String, String> labels) {
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .build())
                .serverSideApply();
    }
}
