package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.api.v1alpha1.PipelineClass;
import dev.tributary.api.v1alpha1.PipelineClassSpec;
import dev.tributary.api.v1alpha1.PipelineClassSpec.AllowedNamespaces;
import dev.tributary.api.v1alpha1.PostgresqlSource;
import dev.tributary.api.v1alpha1.TenantPipelineSpec;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a first user gets wrong: each is told by condition, reason and a message that says what to do, makes nothing but
 * the claim, and heals by itself once the cause is gone.
 */
@ExtendWith(BoxExtension.class)
class BadInputTest {

    private final TestBox box;

    BadInputTest(TestBox box) {
        this.box = box;
    }

    private RefusedClient clientWithTable() {
        RefusedClient client = RefusedClient.create(box);
        client.database().run("CREATE TABLE items (id int PRIMARY KEY, note text)");
        return client;
    }

    @Test
    void classNotFound() {
        RefusedClient client = clientWithTable();
        client.apply(
                s -> new TenantPipelineSpec(s.tenant(), new TenantPipelineSpec.ClassRef("gold"), s.source()), "items");
        String message = client.awaitRefusal("ReferencesResolved", "ClassNotFound");
        assertThat(message).contains("PipelineClass gold does not exist", "spec.classRef.name");

        client.apply(
                s -> new TenantPipelineSpec(s.tenant(), new TenantPipelineSpec.ClassRef("standard"), s.source()),
                "items");

        client.heals();
    }

    @Test
    void namespaceNotAllowed() {
        RefusedClient client = clientWithTable();
        PipelineClass gold = box.classLike(client.name(), "15m", box.layout().clickHouseUrl());
        PipelineClassSpec own = gold.getSpec();
        gold.setSpec(new PipelineClassSpec(
                own.kafka(),
                own.connect(),
                own.flink(),
                own.clickhouse(),
                own.teardownTimeout(),
                List.of(new AllowedNamespaces(
                        new LabelSelectorBuilder()
                                .withMatchLabels(Map.of("plan", "gold"))
                                .build(),
                        null))));
        client.kubernetes().resource(gold).create();
        client.apply(
                s -> new TenantPipelineSpec(s.tenant(), new TenantPipelineSpec.ClassRef(client.name()), s.source()),
                "items");
        String message = client.awaitRefusal("ReferencesResolved", "NamespaceNotAllowed");
        assertThat(message).contains(client.name());

        client.kubernetes().namespaces().withName(client.name()).edit(namespace -> {
            namespace.getMetadata().setLabels(Map.of("plan", "gold"));
            return namespace;
        });

        client.heals();
        client.kubernetes().resource(gold).delete();
    }

    @Test
    void secretNotFound() {
        RefusedClient client = clientWithTable();
        client.kubernetes()
                .secrets()
                .inNamespace(client.name())
                .withName("source")
                .delete();
        client.apply("items");
        String message = client.awaitRefusal("ReferencesResolved", "SecretNotFound");
        assertThat(message).contains("Secret " + client.name() + "/source does not exist", "username and password");

        client.secret(Map.of("username", client.name(), "password", Client.PASSWORD));

        client.heals();
    }

    @Test
    void secretKeyMissing() {
        RefusedClient client = clientWithTable();
        client.kubernetes()
                .secrets()
                .inNamespace(client.name())
                .withName("source")
                .delete();
        client.secret(Map.of("user", client.name(), "password", Client.PASSWORD));
        client.apply("items");
        String message = client.awaitRefusal("ReferencesResolved", "SecretKeyMissing");
        assertThat(message).contains("has no key username");

        client.secret(Map.of("username", client.name(), "password", Client.PASSWORD));

        client.heals();
    }

    @Test
    void unreachable() {
        RefusedClient client = clientWithTable();
        client.apply(s -> at(s, box.address(), 5999, client.name()), "items");
        String message = client.awaitRefusal("SourceReady", "Unreachable");
        assertThat(message).contains(box.address() + ":5999");

        client.apply("items");

        client.heals();
    }

    /** The kernel takes connections for a listener that never accepts one: a server that hangs looks so. */
    @Test
    void aServerThatNeverAnswersIsUnreachableAndHoldsUpNobodyElse() throws IOException {
        RefusedClient client = clientWithTable();
        RefusedClient other = clientWithTable();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName(box.address()))) {
            client.apply(s -> at(s, box.address(), silent.getLocalPort(), client.name()), "items");

            other.apply("items");

            other.heals();
            String message = client.awaitRefusal("SourceReady", "Unreachable");
            assertThat(message).contains(box.address() + ":" + silent.getLocalPort(), "nothing answers");
        }

        client.apply("items");

        client.heals();
    }

    @Test
    void authenticationFailed() {
        RefusedClient client = clientWithTable();
        client.secret(Map.of("username", client.name(), "password", "wrong"));
        client.apply("items");
        String message = client.awaitRefusal("SourceReady", "AuthenticationFailed");
        assertThat(message).contains(client.name()).doesNotContain("wrong");

        client.secret(Map.of("username", client.name(), "password", Client.PASSWORD));

        client.heals();
    }

    @Test
    void databaseNotFound() {
        RefusedClient client = clientWithTable();
        client.apply(s -> at(s, box.address(), 5432, "nosuch"), "items");
        String message = client.awaitRefusal("SourceReady", "DatabaseNotFound");
        assertThat(message).contains("nosuch");

        client.apply("items");

        client.heals();
    }

    @Test
    void tableNotFound() {
        RefusedClient client = clientWithTable();
        client.apply("items", "wishes");
        String message = client.awaitRefusal("SourceReady", "TableNotFound");
        assertThat(message).contains("public.wishes").doesNotContain("public.items");

        client.database().run("CREATE TABLE wishes (id int PRIMARY KEY)");

        client.heals();
    }

    @Test
    void noPrimaryKey() {
        RefusedClient client = RefusedClient.create(box);
        client.database().run("CREATE TABLE items (id int NOT NULL, note text)");
        client.apply("items");
        String message = client.awaitRefusal("SourceReady", "NoPrimaryKey");
        assertThat(message).contains("public.items", "PRIMARY KEY");

        client.database().run("ALTER TABLE items ADD PRIMARY KEY (id)");

        client.heals();
    }

    @Test
    void unsupportedColumnType() {
        RefusedClient client = clientWithTable();
        client.database().run("ALTER TABLE items ADD price money");
        client.apply("items");
        String message = client.awaitRefusal("SourceReady", "UnsupportedColumnType");
        assertThat(message).contains("price", "money", "numeric", "lossy: Accept");

        client.database().run("ALTER TABLE items DROP price");

        client.heals();
    }

    private static TenantPipelineSpec at(TenantPipelineSpec spec, String host, int port, String database) {
        return RefusedClient.withPostgresql(
                spec, p -> new PostgresqlSource(host, port, database, p.credentials(), p.tls(), null));
    }
}
