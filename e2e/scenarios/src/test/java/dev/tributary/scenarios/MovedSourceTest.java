package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.api.v1alpha1.PostgresqlSource;
import dev.tributary.api.v1alpha1.TenantPipelineSpec;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The spec names another place: it is not taken for the old one, and nothing stays behind unsaid. */
@Tag("long")
@ExtendWith(BoxExtension.class)
class MovedSourceTest {

    private final TestBox box;

    @TempDir
    private Path folder;

    private OwnServers servers;

    MovedSourceTest(TestBox box) {
        this.box = box;
    }

    @BeforeEach
    void servers() {
        servers = new OwnServers(box, folder);
    }

    /** A slot that stayed behind would fill the disk of a server that nobody thinks of any more. */
    @Test
    void aClientThatMovedToAnotherServerLeavesNothingAtTheOldOne() throws Exception {
        try (EmbeddedPostgres first = servers.start("first", 0);
                EmbeddedPostgres second = servers.start("second", 0)) {
            Client before = servers.onboarded(first);
            Client client = before.movedTo(second.getPort());
            OwnServers.makeDatabase(client, second, 50);

            client.apply(OwnServers::withoutTls, "items");

            client.awaitCondition("DataLoss", "True", "ServerReplaced");
            OwnServers.takeAnew(client);
            assertThat(OwnServers.value(first, "postgres", "SELECT count(*) FROM pg_replication_slots"))
                    .isEqualTo("0");
            assertThat(OwnServers.value(first, client.name(), "SELECT count(*) FROM pg_publication"))
                    .isEqualTo("0");
            client.deleteAndAwait();
        }
    }

    @Test
    void anOldServerThatLetsNobodyInIsNotWaitedFor() throws Exception {
        try (EmbeddedPostgres first = servers.start("first", 0);
                EmbeddedPostgres second = servers.start("second", 0)) {
            Client before = servers.onboarded(first);
            Client client = before.movedTo(second.getPort());
            OwnServers.makeDatabase(client, second, 50);
            OwnServers.run(first, "postgres", "ALTER ROLE " + client.name() + " NOLOGIN");

            client.apply(OwnServers::withoutTls, "items");

            client.awaitCondition("DataLoss", "True", "ServerReplaced");
            client.annotate("tributary.dev/resnapshot", "2");
            assertThat(client.awaitCondition("SourceReady", "False", "AuthenticationFailed"))
                    .contains("127.0.0.1:" + first.getPort(), "tributary.dev/abandon-source=true");

            client.annotate("tributary.dev/abandon-source", "true");

            client.awaitReady();
            assertThat(client.differences("items", "id")).isEmpty();
            OwnServers.assertAbandoned(client, first.getPort());
            client.deleteAndAwait();
        }
    }

    /** A typing error must not cost a snapshot, and two databases must not be mixed. */
    @Test
    void anotherDatabaseOfTheSameServerIsTakenOnlyWhenAsked() throws Exception {
        try (EmbeddedPostgres server = servers.start("first", 0)) {
            Client client = servers.onboarded(server);
            OwnServers.run(server, "postgres", "CREATE DATABASE other OWNER " + client.name());
            client.database()
                    .in("other")
                    .run("CREATE TABLE items (id int PRIMARY KEY, note text)", "INSERT INTO items VALUES (7, 'other')");
            client.apply(s -> ofDatabase(OwnServers.withoutTls(s), "other"), "items");
            assertThat(client.awaitCondition("SourceReady", "False", "DatabaseChanged"))
                    .contains(client.name(), "other", "tributary.dev/resnapshot=2");
            client.database().run("DELETE FROM items WHERE id = 100");
            client.awaitEqual("items", "id");
            client.apply(OwnServers::withoutTls, "items");
            client.awaitReady();
            client.apply(s -> ofDatabase(OwnServers.withoutTls(s), "other"), "items");

            client.annotate("tributary.dev/resnapshot", "2");

            client.awaitReady();
            assertThat(box.clickHouse()
                            .ask("SELECT groupArray(id) FROM " + client.sink("items") + " FINAL WHERE NOT _deleted"))
                    .isEqualTo("[7]");
            assertThat(OwnServers.value(server, client.name(), "SELECT count(*) FROM pg_publication"))
                    .isEqualTo("0");
            client.deleteAndAwait();
            assertThat(OwnServers.value(server, "postgres", "SELECT count(*) FROM pg_replication_slots"))
                    .isEqualTo("0");
        }
    }

    private static TenantPipelineSpec ofDatabase(TenantPipelineSpec spec, String database) {
        return RefusedClient.withPostgresql(
                spec,
                p -> new PostgresqlSource(p.host(), p.port(), database, p.credentials(), p.tls(), p.publication()));
    }
}
