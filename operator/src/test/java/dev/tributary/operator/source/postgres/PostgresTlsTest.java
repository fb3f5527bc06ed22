package dev.tributary.operator.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.operator.source.ConnectionSettings;
import dev.tributary.operator.source.Finding;
import dev.tributary.operator.source.Inspection;
import dev.tributary.operator.source.Reason;
import dev.tributary.operator.source.Secret;
import dev.tributary.operator.source.TableId;
import dev.tributary.operator.source.TlsMode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a real PostgreSQL whose certificate comes from a private authority and is made out to localhost. */
class PostgresTlsTest {

    @TempDir
    static Path directory;

    private static Authority authority;
    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws Exception {
        authority = new Authority(directory, "authority");
        authority.issue("localhost");
        Path data = directory.resolve("data");
        server = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(2))
                .setDataDirectory(data)
                .setServerConfig("wal_level", "logical")
                .setServerConfig("ssl", "on")
                .setServerConfig(
                        "ssl_cert_file", directory.resolve("server.crt").toString())
                .setServerConfig("ssl_key_file", directory.resolve("server.key").toString())
                .start();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE items (id int PRIMARY KEY)");
            statement.execute("CREATE ROLE encrypted LOGIN SUPERUSER");
            Path access = data.resolve("pg_hba.conf");
            String rules = Files.readString(access);
            Files.writeString(
                    access, "hostnossl all encrypted all reject\n" + rules, StandardOpenOption.TRUNCATE_EXISTING);
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void theNamedAuthorityAndHostAreAccepted() throws Exception {
        Inspection inspection = look("localhost", "postgres", TlsMode.VERIFY_FULL, authority.pem());

        assertThat(inspection).isInstanceOf(Inspection.Found.class);
    }

    @Test
    void encryptionAloneNeedsNoAuthority() {
        Inspection inspection = look("127.0.0.1", "postgres", TlsMode.REQUIRE, null);

        assertThat(inspection).isInstanceOf(Inspection.Found.class);
    }

    @Test
    void anotherHostNameIsRefused() throws Exception {
        Inspection inspection = look("127.0.0.1", "postgres", TlsMode.VERIFY_FULL, authority.pem());

        assertThat(finding(inspection).reason()).isEqualTo(Reason.CertificateInvalid);
        assertThat(finding(inspection).message()).contains("is not made out to 127.0.0.1");
    }

    @Test
    void anotherAuthorityIsRefused() throws Exception {
        String other = new Authority(directory, "other").pem();

        Inspection inspection = look("localhost", "postgres", TlsMode.VERIFY_FULL, other);

        assertThat(finding(inspection).reason()).isEqualTo(Reason.CertificateInvalid);
        assertThat(finding(inspection).message()).contains("does not come from the authority in ca.crt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:/etc/hostname", "env:HOME", "nonsense", "-----BEGIN CERTIFICATE-----\nAAAA\n"})
    void whatIsNoCertificateNeverReachesTheDriver(String pem) {
        Inspection inspection = look("localhost", "postgres", TlsMode.VERIFY_FULL, pem);

        assertThat(finding(inspection).reason()).isEqualTo(Reason.CertificateInvalid);
        assertThat(finding(inspection).message()).contains("put the one PEM certificate of the authority into ca.crt");
    }

    @Test
    void twoAuthoritiesAreRefusedBecauseOnlyTheFirstWouldCount() throws Exception {
        String two = authority.pem() + authority.pem();

        Inspection inspection = look("localhost", "postgres", TlsMode.VERIFY_FULL, two);

        assertThat(finding(inspection).message()).contains("is more than one certificate");
    }

    @Test
    void aServerThatWantsEncryptionIsToldFromARefusedPassword() {
        Inspection inspection = look("localhost", "encrypted", TlsMode.DISABLE, null);

        assertThat(finding(inspection).reason()).isEqualTo(Reason.TlsRequired);
        assertThat(look("localhost", "encrypted", TlsMode.REQUIRE, null)).isInstanceOf(Inspection.Found.class);
    }

    private Inspection look(String host, String user, TlsMode mode, @Nullable String pem) {
        return new ClientDatabase(server, "postgres")
                .inspect(
                        new ConnectionSettings(host, server.getPort(), "postgres", user, new Secret("x"), mode, pem),
                        new TableId("public", "items"));
    }

    private static Finding finding(Inspection inspection) {
        return ((Inspection.Refused) inspection).findings().get(0);
    }
}
