package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.api.v1alpha1.PipelineClassSpec;
import dev.tributary.box.Contents;
import dev.tributary.box.layout.Checkout;
import dev.tributary.box.layout.Identity;
import dev.tributary.box.standin.ForeignDefinitions;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What doctor finds missing or changed in a cluster. On a small box of its own, where nobody plays Strimzi. */
@Tag("long")
class DoctorFindingsTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private static TestBox box;

    @BeforeAll
    static void start() {
        box = TestBox.start(Checkout.current(), Path.of("target", "doctor-box"), Contents.OPERATOR_WITHOUT_STREAMING);
    }

    @AfterAll
    static void stop() throws Exception {
        box.close();
    }

    @Test
    void whatIsThereIsFoundSo() {
        List<String> lines = doctor();

        assertThat(lines)
                .anySatisfy(
                        l -> assertThat(l).startsWith("ok         CRD tenantpipelines.tributary.dev: is the one of"))
                .anySatisfy(
                        l -> assertThat(l).startsWith("ok         CRD pipelineclasses.tributary.dev: is the one of"))
                .anySatisfy(l -> assertThat(l).startsWith("ok         Strimzi: serves kafka.strimzi.io/v1 Kafka, "))
                .anySatisfy(
                        l -> assertThat(l).startsWith("ok         Flink Kubernetes Operator: serves flink.apache.org/"))
                .anySatisfy(l -> assertThat(l).startsWith("ok         Operator: operator leads: it renews Lease"))
                .anySatisfy(l -> assertThat(l).startsWith("ok         Rights of service account tributary-system/"));
        assertRed(lines, "Kafka kafka/events: Strimzi has said nothing about it", "Strimzi's cluster operator runs");
        assertRed(lines, "KafkaConnect kafka/connect: Strimzi has said nothing about it", "watches namespace kafka");
        assertThat(lines).anySatisfy(l -> assertThat(l).startsWith("not known  ClickHouse http"));
    }

    @Test
    void aDefinitionThatIsNotThereIsRed() throws IOException {
        box.kubernetes()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("tenantpipelines.tributary.dev")
                .delete();
        awaitGone("tenantpipelines.tributary.dev");

        List<String> lines = doctor();

        assertRed(lines, "CRD tenantpipelines.tributary.dev: is not there", "kubectl apply --server-side");
        applyOwnDefinitions();
    }

    @Test
    void aDefinitionOfAnotherVersionIsRed() throws IOException {
        box.kubernetes()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("tenantpipelines.tributary.dev")
                .edit(d -> {
                    d.getSpec()
                            .getVersions()
                            .getFirst()
                            .getSchema()
                            .getOpenAPIV3Schema()
                            .getProperties()
                            .get("spec")
                            .getProperties()
                            .get("tenant")
                            .setMaxLength(23L);
                    return d;
                });

        List<String> lines = doctor();

        assertRed(lines, "CRD tenantpipelines.tributary.dev: is not the one of version", "kubectl apply --server-side");
        assertThat(lines).anySatisfy(l -> assertThat(l).contains("spec.properties.tenant.maxLength differs"));
        applyOwnDefinitions();
    }

    @ParameterizedTest
    @ValueSource(strings = {"flinkdeployments.flink.apache.org", "kafkatopics.kafka.strimzi.io"})
    void anEnginesDefinitionThatIsNotThereIsRed(String name) {
        box.kubernetes()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(name)
                .delete();
        awaitGone(name);

        List<String> lines = doctor();

        assertRed(
                lines,
                name.startsWith("flink")
                        ? "Flink Kubernetes Operator: flink"
                        : "Strimzi: kafka.strimzi.io/v1 KafkaTopic",
                "install ");
        ForeignDefinitions.install(box.kubernetes());
    }

    @Test
    void aRightThatIsLackingIsRed() {
        Resource<? extends HasMetadata> role =
                box.kubernetes().rbac().roleBindings().inNamespace("flink").withName("tributary-operator-flink");
        HasMetadata binding = role.get();
        role.delete();

        List<String> lines = doctor();

        assertRed(lines, "Rights of service account tributary-system/tributary-operator: lacks 15 of ", "helm upgrade");
        assertThat(lines).anySatisfy(l -> assertThat(l).contains("create flinkdeployments in namespace flink"));
        binding.getMetadata().setResourceVersion(null);
        box.kubernetes().resource(binding).create();
    }

    @Test
    void aServiceAccountThatIsNotThereIsRed() {
        box.kubernetes()
                .serviceAccounts()
                .inNamespace("flink")
                .withName("flink")
                .delete();

        List<String> lines = doctor();

        assertRed(lines, "Flink in namespace flink: service account flink/flink does not exist", "create it");
        box.kubernetes()
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace("flink")
                        .withName("flink")
                        .endMetadata()
                        .build())
                .create();
    }

    @Test
    void aClassBesideTheWatchedNamespacesIsRed() {
        var elsewhere = box.classLike("elsewhere", "15m", box.layout().clickHouseUrl());
        elsewhere.setSpec(new PipelineClassSpec(
                new PipelineClassSpec.Kafka(
                        "acme", "events", "plain", elsewhere.getSpec().kafka().topics()),
                elsewhere.getSpec().connect(),
                elsewhere.getSpec().flink(),
                elsewhere.getSpec().clickhouse(),
                elsewhere.getSpec().teardownTimeout(),
                elsewhere.getSpec().allowedNamespaces()));
        box.kubernetes().resource(elsewhere).create();

        List<String> lines = doctor();

        assertRed(
                lines,
                "Namespaces of class elsewhere: the operator does not watch acme",
                "add acme to engines.kafkaNamespaces");
        assertRed(lines, "Kafka acme/events: does not exist", "spec.kafka of PipelineClass elsewhere");
        box.kubernetes().resource(elsewhere).delete();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -           | -              | lists no plugins                            | use-connector-resources
            -           | 0.1.0-SNAPSHOT | has no Debezium connector for PostgreSQL    | add it
            3.6.3.Final | -              | has Debezium 3.6.3.Final without Tributary  | add the guard
            3.5.0.Final | 0.1.0-SNAPSHOT | has Debezium 3.5.0.Final, and the restart   | replace it
            3.6.3.Final | 0.0.9          | has the restart guard 0.0.9, and not        | replace it
            """)
    void aConnectWithoutTheRightPluginsIsRed(
            @Nullable String debezium, @Nullable String guard, String says, String remedy) {
        List<Map<String, String>> plugins = new ArrayList<>();
        if (debezium != null) {
            plugins.add(plugin("io.debezium.connector.postgresql.PostgresConnector", debezium));
        }
        if (guard != null) {
            plugins.add(plugin("dev.tributary.connect.GuardedPostgresConnector", guard));
        }
        connectStatus(Map.of(
                "observedGeneration",
                1,
                "conditions",
                List.of(Map.of("type", "Ready", "status", "True")),
                "connectorPlugins",
                plugins));

        List<String> lines = doctor();

        assertRed(lines, "KafkaConnect kafka/connect: " + says, remedy);
        connectStatus(Map.of());
    }

    private static Map<String, String> plugin(String className, String version) {
        return Map.of("class", className, "version", version, "type", "source");
    }

    /** Nobody plays Strimzi here, so the test says what Strimzi would. */
    private static void connectStatus(Map<String, Object> status) {
        box.kubernetes()
                .genericKubernetesResources("kafka.strimzi.io/v1", "KafkaConnect")
                .inNamespace("kafka")
                .withName("connect")
                .editStatus(connect -> {
                    connect.setAdditionalProperty("status", status);
                    return connect;
                });
    }

    /** An account that may read one kind of Secret, and nothing that doctor looks at. */
    @Test
    void whoMayNotReadIsToldSo() {
        Kubectl.Result doctor = box.kubectl()
                .tributary(
                        "doctor",
                        "--kubeconfig",
                        box.layout().kubeconfig(Identity.CONNECT).toString());

        assertThat(doctor.exitCode()).as(doctor.output()).isZero();
        assertThat(doctor.output().lines())
                .anySatisfy(l -> assertThat(l)
                        .startsWith("not known  CRD tenantpipelines.tributary.dev: ")
                        .contains("is forbidden: User \"connect\" cannot get resource"))
                .anySatisfy(l -> assertThat(l)
                        .startsWith("not known  Operator: ")
                        .contains("cannot list resource \"deployments\""))
                .anySatisfy(l -> assertThat(l).startsWith("not known  Pipelines"))
                .last()
                .asString()
                .contains("could not be found out");
    }

    private static List<String> doctor() {
        return box.kubectl().tributary("doctor").output().lines().toList();
    }

    private static void assertRed(List<String> lines, String says, String remedy) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("WRONG      " + says)) {
                assertThat(lines.get(i + 1)).contains("-> ", remedy);
                return;
            }
        }
        throw new AssertionError("WRONG " + says + " is not in\n" + String.join("\n", lines));
    }

    private static void applyOwnDefinitions() throws IOException {
        for (Path file : Checkout.current().customResourceDefinitions()) {
            Kubectl.Result applied =
                    box.kubectl(Files.readString(file), "apply", "--server-side", "--force-conflicts", "-f", "-");
            assertThat(applied.exitCode()).as(applied.output()).isZero();
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(doctor())
                .anySatisfy(l -> assertThat(l).startsWith("ok         CRD tenantpipelines.tributary.dev")));
    }

    private static void awaitGone(String definition) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(definition(definition)).isNull());
    }

    private static CustomResourceDefinition definition(String name) {
        return box.kubernetes()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(name)
                .get();
    }
}
