package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.api.v1alpha1.PostgresqlSource;
import dev.tributary.api.v1alpha1.Source;
import dev.tributary.api.v1alpha1.SourceTable;
import dev.tributary.api.v1alpha1.TenantPipelineSpec;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

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

    private Client clientWithTable() {
        Client client = Client.create(box, "bad");
        client.database()
                .run("CREATE TABLE items (id int PRIMARY KEY, note text)", "CREATE TABLE twin (id int PRIMARY KEY)");
        return client;
    }

    /**
     * Every pipeline here lists one more table with the same target as the first. So the pipeline, once healed, is refused
     * at the schema, and nine jobs need not start and stop to show that a message is right.
     */
    private static void apply(Client client, UnaryOperator<TenantPipelineSpec> change, String... tables) {
        client.apply(
                spec -> {
                    List<SourceTable> listed = new ArrayList<>(spec.source().tables());
                    listed.add(new SourceTable("public", "twin", new SourceTable.Target("items")));
                    return change.apply(new TenantPipelineSpec(
                            spec.tenant(),
                            spec.classRef(),
                            new Source(spec.source().postgresql(), listed)));
                },
                tables);
    }

    private static void apply(Client client, String... tables) {
        apply(client, spec -> spec, tables);
    }

    @Test
    void classNotFound() {
        Client client = clientWithTable();
        apply(
                client,
                s -> new TenantPipelineSpec(s.tenant(), new TenantPipelineSpec.ClassRef("gold"), s.source()),
                "items");
        String message = client.awaitCondition("ReferencesResolved", "False", "ClassNotFound");
        assertThat(message).contains("PipelineClass gold does not exist", "spec.classRef.name");
        assertNothingWasMade(client);

        apply(
                client,
                s -> new TenantPipelineSpec(s.tenant(), new TenantPipelineSpec.ClassRef("standard"), s.source()),
                "items");

        heals(client);
    }

    @Test
    void secretNotFound() {
        Client client = clientWithTable();
        client.kubernetes()
                .secrets()
                .inNamespace(client.name())
                .withName("source")
                .delete();
        apply(client, "items");
        String message = client.awaitCondition("ReferencesResolved", "False", "SecretNotFound");
        assertThat(message).contains("Secret " + client.name() + "/source does not exist", "username and password");
        assertNothingWasMade(client);

        client.secret(Map.of("username", client.name(), "password", Client.PASSWORD));

        heals(client);
    }

    @Test
    void secretKeyMissing() {
        Client client = clientWithTable();
        client.kubernetes()
                .secrets()
                .inNamespace(client.name())
                .withName("source")
                .delete();
        client.secret(Map.of("user", client.name(), "password", Client.PASSWORD));
        apply(client, "items");
        String message = client.awaitCondition("ReferencesResolved", "False", "SecretKeyMissing");
        assertThat(message).contains("has no key username");
        assertNothingWasMade(client);

        client.secret(Map.of("username", client.name(), "password", Client.PASSWORD));

        heals(client);
    }

    @Test
    void unreachable() {
        Client client = clientWithTable();
        apply(client, s -> at(s, box.address(), 5999, client.name()), "items");
        String message = client.awaitCondition("SourceReady", "False", "Unreachable");
        assertThat(message).contains(box.address() + ":5999");
        assertNothingWasMade(client);

        apply(client, "items");

        heals(client);
    }

    @Test
    void authenticationFailed() {
        Client client = clientWithTable();
        client.secret(Map.of("username", client.name(), "password", "wrong"));
        apply(client, "items");
        String message = client.awaitCondition("SourceReady", "False", "AuthenticationFailed");
        assertThat(message).contains(client.name()).doesNotContain("wrong");
        assertNothingWasMade(client);

        client.secret(Map.of("username", client.name(), "password", Client.PASSWORD));

        heals(client);
    }

    @Test
    void databaseNotFound() {
        Client client = clientWithTable();
        apply(client, s -> at(s, box.address(), 5432, "nosuch"), "items");
        String message = client.awaitCondition("SourceReady", "False", "DatabaseNotFound");
        assertThat(message).contains("nosuch");
        assertNothingWasMade(client);

        apply(client, "items");

        heals(client);
    }

    @Test
    void tableNotFound() {
        Client client = clientWithTable();
        apply(client, "items", "wishes");
        String message = client.awaitCondition("SourceReady", "False", "TableNotFound");
        assertThat(message).contains("public.wishes").doesNotContain("public.items");
        assertNothingWasMade(client);

        client.database().run("CREATE TABLE wishes (id int PRIMARY KEY)");

        heals(client);
    }

    @Test
    void walLevelNotLogical(@TempDir Path folder) throws IOException, SQLException {
        Client client = clientWithTable();
        int port;
        try (EmbeddedPostgres replica = postgres(folder, "replica", 0)) {
            port = replica.getPort();
            try (Connection connection = replica.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE items (id int PRIMARY KEY)");
                statement.execute("CREATE TABLE twin (id int PRIMARY KEY)");
            }
            client.secret(Map.of("username", "postgres", "password", "any"));
            apply(client, s -> withoutTls(s, port), "items");

            String message = client.awaitCondition("SourceReady", "False", "WalLevelNotLogical");
            assertThat(message).contains("wal_level", "ALTER SYSTEM");
            assertNothingWasMade(client);
        }

        try (EmbeddedPostgres logical = postgres(folder, "logical", port)) {
            client.awaitCondition("SourceReady", "True", "Inspected");
            client.deleteAndAwait();
        }
    }

    private static EmbeddedPostgres postgres(Path folder, String walLevel, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setOverrideWorkingDirectory(folder.resolve("programs").toFile())
                .setCleanDataDirectory(false)
                .setServerConfig("wal_level", walLevel)
                .setPort(port)
                .start();
    }

    private static TenantPipelineSpec withoutTls(TenantPipelineSpec spec, int port) {
        PostgresqlSource.Tls plain = new PostgresqlSource.Tls(PostgresqlSource.TlsMode.Disable, null);
        return new TenantPipelineSpec(
                spec.tenant(),
                spec.classRef(),
                new Source(
                        new PostgresqlSource(
                                "127.0.0.1",
                                port,
                                "postgres",
                                spec.source().postgresql().credentials(),
                                plain,
                                null),
                        spec.source().tables()));
    }

    @Test
    void noPrimaryKey() {
        Client client = Client.create(box, "bad");
        client.database()
                .run("CREATE TABLE items (id int NOT NULL, note text)", "CREATE TABLE twin (id int PRIMARY KEY)");
        apply(client, "items");
        String message = client.awaitCondition("SourceReady", "False", "NoPrimaryKey");
        assertThat(message).contains("public.items", "PRIMARY KEY");
        assertNothingWasMade(client);

        client.database().run("ALTER TABLE items ADD PRIMARY KEY (id)");

        heals(client);
    }

    @Test
    void unsupportedColumnType() {
        Client client = clientWithTable();
        client.database().run("ALTER TABLE items ADD place point");
        apply(client, "items");
        String message = client.awaitCondition("SourceReady", "False", "UnsupportedColumnType");
        assertThat(message).contains("place", "point");
        assertNothingWasMade(client);

        client.database().run("ALTER TABLE items DROP place");

        heals(client);
    }

    private void heals(Client client) {
        client.awaitCondition("SourceReady", "True", "Inspected");
        client.awaitCondition("SchemaReady", "False", "TableCollision");
        assertNothingWasMade(client);
        client.deleteAndAwait();
        // Nothing was made, so nothing is kept: the tenant is free again.
        assertThat(box.kubernetes()
                        .configMaps()
                        .inNamespace("tributary-system")
                        .withName("tributary-tenant-" + client.name())
                        .get())
                .isNull();
    }

    private void assertNothingWasMade(Client client) {
        Map<String, String> labels = Map.of("tributary.dev/tenant", client.name());
        Stream<HasMetadata> children = Stream.of("kafka", "flink").flatMap(namespace -> Stream.of(
                        box.kubernetes().secrets(), box.kubernetes().configMaps())
                .flatMap(kind -> kind.inNamespace(namespace).withLabels(labels).list().getItems().stream()));
        assertThat(children.map(HasMetadata::getFullResourceName)).isEmpty();
        assertThat(box.clickHouse().ask("SELECT count() FROM system.databases WHERE name = '" + client.name() + "'"))
                .isEqualTo("0");
        assertThat(client.database().value("SELECT count(*) FROM pg_publication"))
                .isEqualTo("0");
        assertThat(box.postgres()
                        .value("SELECT count(*) FROM pg_replication_slots WHERE database = '" + client.name() + "'"))
                .isEqualTo("0");
    }

    private static TenantPipelineSpec at(TenantPipelineSpec spec, String host, int port, String database) {
        PostgresqlSource source = spec.source().postgresql();
        return new TenantPipelineSpec(
                spec.tenant(),
                spec.classRef(),
                new Source(
                        new PostgresqlSource(host, port, database, source.credentials(), source.tls(), null),
                        List.copyOf(spec.source().tables())));
    }
}
