package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.api.v1alpha1.PostgresqlSource;
import dev.tributary.api.v1alpha1.PostgresqlSource.PublicationManagement;
import dev.tributary.api.v1alpha1.PostgresqlSource.Tls;
import dev.tributary.api.v1alpha1.PostgresqlSource.TlsMode;
import dev.tributary.api.v1alpha1.TenantPipelineSpec;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a client's database can have against being captured: each is told by its reason before anything is made but the
 * claim, and heals by itself once its database administrator has removed the cause. Most of it is waiting for the next look.
 */
@ExtendWith(BoxExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class SourceRefusalsTest {

    private final TestBox box;

    SourceRefusalsTest(TestBox box) {
        this.box = box;
    }

    private RefusedClient clientWithTable() {
        RefusedClient client = RefusedClient.create(box);
        client.database().run("CREATE TABLE items (id int PRIMARY KEY, note text)");
        return client;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    ReplicationNotPermitted | ALTER ROLE "%1$s" NOREPLICATION | ALTER ROLE "%1$s" REPLICATION
                    SelectNotPermitted | REVOKE SELECT ON items FROM "%1$s" | GRANT SELECT ON items TO "%1$s"
                    RowSecurityActive | ALTER TABLE items ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY | ALTER ROLE "%1$s" BYPASSRLS
                    PublicationNotPermitted | ALTER TABLE items OWNER TO postgres; GRANT SELECT ON items TO "%1$s" | GRANT "postgres" TO "%1$s"
                    PublicationNotOwned | CREATE PUBLICATION %2$s | DROP PUBLICATION "%2$s"
                    PublicationNotOwned | SELECT pg_create_physical_replication_slot('%2$s') | SELECT pg_drop_replication_slot('%2$s')
                    TypeNotSupported | CREATE TYPE mood AS ENUM ('ok'); CREATE DOMAIN temper AS mood | DROP DOMAIN temper
                    TableNotSupported | ALTER TABLE items SET UNLOGGED | ALTER TABLE "public"."items" SET LOGGED
                    DeferrableKey | ALTER TABLE items DROP CONSTRAINT items_pkey, ADD PRIMARY KEY (id) DEFERRABLE | ALTER TABLE items DROP CONSTRAINT items_pkey, ADD PRIMARY KEY (id)
                    ReplicaIdentityUnsuitable | ALTER TABLE items REPLICA IDENTITY NOTHING | ALTER TABLE "public"."items" REPLICA IDENTITY DEFAULT
                    ReservedColumnName | ALTER TABLE items ADD _version int | ALTER TABLE items DROP _version
                    RecordTooLarge | INSERT INTO items VALUES (1, repeat('x', 1100000)) | DELETE FROM items
                    """)
    void isToldAndHeals(String reason, String cause, String cure) {
        RefusedClient client = clientWithTable();
        Postgres administrator = box.postgres().in(client.name());
        administrator.run(cause.formatted(client.name(), captureName(client)));
        client.apply("items");
        String message = client.awaitRefusal("SourceReady", reason);
        assertThat(message).containsAnyOf(client.name(), "public.items");

        administrator.run(cure.formatted(client.name(), captureName(client)));

        client.heals();
    }

    /** What slot and publication of a pipeline are called. */
    private static String captureName(RefusedClient client) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((client.name() + "/main").getBytes(StandardCharsets.UTF_8));
            return "tributary_" + client.name() + "_main_" + HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The message's own SQL is the cure. */
    @ParameterizedTest(name = "{0} after {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    PublicationNotFound | SELECT 1
                    PublicationUnsuitable | CREATE PUBLICATION "client-tables" FOR TABLE items, twin WHERE (id > 5)
                    """)
    void aProvidedPublication(String reason, String cause) {
        RefusedClient client = clientWithTable();
        client.database().run(cause);
        client.apply(SourceRefusalsTest::withProvidedPublication, "items");
        String message = client.awaitRefusal("SourceReady", reason);
        assertThat(message).contains("client-tables");

        client.database().run(message.substring(message.indexOf(": ") + 2).replaceAll(", or correct .*", ""));

        client.heals();
    }

    private static TenantPipelineSpec withProvidedPublication(TenantPipelineSpec spec) {
        PostgresqlSource.Publication provided =
                new PostgresqlSource.Publication(PublicationManagement.Provided, "client-tables");
        return RefusedClient.withPostgresql(
                spec, p -> new PostgresqlSource(p.host(), p.port(), p.database(), p.credentials(), p.tls(), provided));
    }

    private static TenantPipelineSpec withTls(TenantPipelineSpec spec, Tls tls) {
        return RefusedClient.withPostgresql(
                spec, p -> new PostgresqlSource(p.host(), p.port(), p.database(), p.credentials(), tls, null));
    }

    @Test
    void topicNameCollision() {
        RefusedClient client = clientWithTable();
        client.database().run("CREATE TABLE \"a b\" (id int PRIMARY KEY)", "CREATE TABLE \"a_b\" (id int PRIMARY KEY)");
        client.apply("items", "a b", "a_b");
        String message = client.awaitRefusal("SourceReady", "TopicNameCollision");
        assertThat(message).contains("public.a b", "public.a_b");

        client.apply("items", "a b");

        client.heals();
    }

    @Test
    void certificateInvalid() {
        RefusedClient client = clientWithTable();
        client.client().secret("authority", Map.of("ca.crt", box.certificate("etcd")));
        client.apply(s -> withTls(s, new Tls(TlsMode.VerifyFull, "authority")), "items");
        String message = client.awaitRefusal("SourceReady", "CertificateInvalid");
        assertThat(message).contains("does not come from the authority in ca.crt");

        client.client().secret("authority", Map.of("ca.crt", box.certificate("ca")));

        client.heals();
    }

    @Test
    void tlsRequired() throws IOException {
        RefusedClient client = clientWithTable();
        String rule = "hostnossl all " + client.name() + " all reject\n";
        String rules = Files.readString(box.postgresAccessRules());
        Files.writeString(box.postgresAccessRules(), rule + rules);
        box.postgres().run("SELECT pg_reload_conf()");
        client.apply(s -> withTls(s, new Tls(TlsMode.Disable, null)), "items");
        String message = client.awaitRefusal("SourceReady", "TlsRequired");
        assertThat(message).contains("spec.source.postgresql.tls.mode");

        Files.writeString(box.postgresAccessRules(), rules);
        box.postgres().run("SELECT pg_reload_conf()");

        client.heals();
    }

    @Test
    void walLevelNotLogical(@TempDir Path folder) throws IOException, SQLException {
        RefusedClient client = RefusedClient.create(box);
        int port;
        try (EmbeddedPostgres replica = server(folder, 0, "wal_level", "replica")) {
            port = replica.getPort();
            run(replica, "CREATE TABLE items (id int PRIMARY KEY)", "CREATE TABLE twin (id int PRIMARY KEY)");
            client.secret(Map.of("username", "postgres", "password", "any"));
            client.apply(s -> on(s, port), "items");
            String message = client.awaitRefusal("SourceReady", "WalLevelNotLogical");
            assertThat(message).contains("wal_level", "ALTER SYSTEM");
        }

        try (EmbeddedPostgres logical = server(folder, port, "wal_level", "logical")) {
            client.heals();
        }
    }

    @Test
    void noFreeReplicationSlot(@TempDir Path folder) throws IOException, SQLException {
        RefusedClient client = RefusedClient.create(box);
        try (EmbeddedPostgres server = server(folder, 0, "max_replication_slots", "1")) {
            run(
                    server,
                    "CREATE TABLE items (id int PRIMARY KEY)",
                    "CREATE TABLE twin (id int PRIMARY KEY)",
                    "SELECT pg_create_physical_replication_slot('standby')");
            client.secret(Map.of("username", "postgres", "password", "any"));
            client.apply(s -> on(s, server.getPort()), "items");
            String message = client.awaitRefusal("SourceReady", "NoFreeReplicationSlot");
            assertThat(message).contains("max_replication_slots");

            run(server, "SELECT pg_drop_replication_slot('standby')");

            client.heals();
        }
    }

    private static EmbeddedPostgres server(Path folder, int port, String setting, String value) throws IOException {
        return EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(2))
                .setDataDirectory(folder.resolve("data"))
                .setOverrideWorkingDirectory(folder.resolve("programs").toFile())
                .setCleanDataDirectory(false)
                .setServerConfig("wal_level", "logical")
                .setServerConfig(setting, value)
                .setPort(port)
                .start();
    }

    private static void run(EmbeddedPostgres server, String... statements) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static TenantPipelineSpec on(TenantPipelineSpec spec, int port) {
        return RefusedClient.withPostgresql(
                spec,
                p -> new PostgresqlSource(
                        "127.0.0.1", port, "postgres", p.credentials(), new Tls(TlsMode.Disable, null), null));
    }
}
