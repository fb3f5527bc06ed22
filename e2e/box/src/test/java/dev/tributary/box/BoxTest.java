package dev.tributary.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.box.controlplane.KubernetesAccess;
import dev.tributary.box.layout.Identity;
import dev.tributary.box.postgresql.PostgresAccess;
import dev.tributary.box.supervisor.PartStatus;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The control plane, PostgreSQL and ClickHouse for real; scenarios test the whole box. */
class BoxTest {

    private static final Path FOLDER = Path.of("target", "box");

    private static Box box;

    @BeforeAll
    static void start() throws Exception {
        box = SmallBox.start(FOLDER);
    }

    @AfterAll
    static void stop() throws Exception {
        box.close();
    }

    @Test
    void everyPartIsHealthyAndHasAVersion() {
        assertThat(box.parts()).allSatisfy(part -> {
            assertThat(part.state()).isEqualTo(PartStatus.State.HEALTHY);
            assertThat(part.version()).isNotBlank();
            assertThat(part.pid()).isPositive();
        });
    }

    @Test
    void theApiServerServesTheDefaultClass() throws Exception {
        try (KubernetesClient admin = KubernetesAccess.connect(box.layout(), Identity.ADMIN)) {
            var definition = admin.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .withName("pipelineclasses.tributary.dev")
                    .get();

            var standard = admin.genericKubernetesResources("tributary.dev/v1alpha1", "PipelineClass")
                    .withName("standard")
                    .get();

            assertThat(definition).isNotNull();
            assertThat(standard.getMetadata().getAnnotations()).containsEntry("tributary.dev/is-default-class", "true");
        }
    }

    @Test
    void theOperatorsIdentityMayNotListSecrets() throws Exception {
        try (KubernetesClient operator = KubernetesAccess.connect(box.layout(), Identity.OPERATOR)) {
            assertThatThrownBy(() -> operator.secrets().inNamespace("acme").list())
                    .isInstanceOf(KubernetesClientException.class)
                    .hasMessageContaining("forbidden");
        }
    }

    @Test
    void aDeletedNamespaceGoesAway() throws Exception {
        try (KubernetesClient admin = KubernetesAccess.connect(box.layout(), Identity.ADMIN)) {
            var namespace = new NamespaceBuilder()
                    .withNewMetadata()
                    .withName("short-lived")
                    .endMetadata()
                    .build();
            admin.resource(namespace).create();

            admin.resource(namespace).delete();

            admin.resource(namespace).waitUntilCondition(n -> n == null, 30, TimeUnit.SECONDS);
        }
    }

    @Test
    void writesAreInTheAuditLogWithTheirUser() throws Exception {
        String audit = Files.readString(box.layout().auditLog());

        assertThat(audit).contains("\"verb\":\"patch\"").contains("\"username\":\"admin\"");
    }

    @Test
    void theSampleDatabaseBelongsToItsUserOverTls() throws Exception {
        PostgresAccess shop = new PostgresAccess(box.layout(), "shop", box.shopPassword());

        try (var connection = shop.connect("shop");
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT current_setting('wal_level'), current_setting('ssl'), rolreplication,"
                                + " has_database_privilege('shop', 'CREATE') FROM pg_roles WHERE rolname = current_user")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("logical");
            assertThat(row.getString(2)).isEqualTo("on");
            assertThat(row.getBoolean(3)).isTrue();
            assertThat(row.getBoolean(4)).isTrue();
        }
    }

    @Test
    void clickHouseKnowsItsAdministratorAndNobodyElse() throws Exception {
        String url = box.layout().clickHouseUrl() + "/?query=SELECT+name+FROM+system.databases";

        HttpResponse<String> admin = get(url, box.clickHouseUser(), box.clickHousePassword());
        HttpResponse<String> stranger = get(url, "default", "");

        assertThat(admin.body()).contains("default");
        assertThat(stranger.body()).doesNotContain("information_schema");
    }

    @Test
    void aKilledPartComesBackWithItsData() throws Exception {
        long before = box.pid("etcd");

        box.kill("etcd");
        box.awaitHealthy("etcd");

        box.awaitHealthy("kube-apiserver");
        assertThat(box.pid("etcd")).isNotEqualTo(before);
        assertThat(box.deaths()).anySatisfy(death -> assertThat(death.part()).isEqualTo("etcd"));
        try (KubernetesClient admin = KubernetesAccess.connect(box.layout(), Identity.ADMIN)) {
            assertThat(admin.namespaces().withName("kafka").get()).isNotNull();
        }
    }

    private static HttpResponse<String> get(String url, String user, String password) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(10))
                .header("X-ClickHouse-User", user)
                .header("X-ClickHouse-Key", password)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
