package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.api.v1alpha1.PostgresqlSource;
import dev.tributary.api.v1alpha1.TenantPipelineSpec;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * PostgreSQL servers beside the box's own, for a client whose server dies, moves or is replaced. They ask for no password.
 *
 * @param folder where each has a folder of its own
 */
record OwnServers(TestBox box, Path folder) {

    /** A server that was told to stop may still be tidying up. */
    void awaitStopped(String data) {
        await().atMost(Client.PATIENCE)
                .untilAsserted(() -> assertThat(folder.resolve(data).resolve("postmaster.pid"))
                        .doesNotExist());
    }

    EmbeddedPostgres start(String data, int port) throws IOException {
        return builder(data, port).start();
    }

    EmbeddedPostgres.Builder builder(String data, int port) {
        return EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(2))
                .setPort(port)
                .setDataDirectory(folder.resolve(data))
                .setCleanDataDirectory(false)
                .setServerConfig("wal_level", "logical");
    }

    Client onboarded(EmbeddedPostgres server) throws SQLException {
        Client client = Client.withOwnServer(box, "replaced", server.getPort());
        makeDatabase(client, server, 100);
        client.apply(OwnServers::withoutTls, "items");
        client.awaitReady();
        client.awaitCondition("SnapshotComplete", "True", "Streaming");
        client.awaitEqual("items", "id");
        return client;
    }

    static void makeDatabase(Client client, EmbeddedPostgres server, int rows) throws SQLException {
        run(server, "postgres", client.databaseAndOwner());
        client.database()
                .run(
                        "CREATE TABLE items (id int PRIMARY KEY, note text)",
                        "INSERT INTO items SELECT n, 'note ' || n FROM generate_series(1, " + rows + ") n");
    }

    static TenantPipelineSpec withoutTls(TenantPipelineSpec spec) {
        return RefusedClient.withPostgresql(
                spec,
                p -> new PostgresqlSource(
                        p.host(),
                        p.port(),
                        p.database(),
                        p.credentials(),
                        new PostgresqlSource.Tls(PostgresqlSource.TlsMode.Disable, null),
                        null));
    }

    static void wayOut(Client client) {
        takeAnew(client);
        client.deleteAndAwait();
    }

    static void assertAbandoned(Client client, int port) {
        assertThat(client.events("SourceAbandoned")).singleElement().satisfies(event -> assertThat(event.getMessage())
                .contains("127.0.0.1:" + port, "system identifier", "pg_drop_replication_slot"));
    }

    static void takeAnew(Client client) {
        client.awaitCondition(
                "Ready", "False", client.awaitStatus("DataLoss", "True").getReason());
        client.database().run("DELETE FROM items WHERE id <= 10", "INSERT INTO items VALUES (1000, 'new')");

        client.annotate("tributary.dev/resnapshot", "2");

        client.awaitReady();
        client.awaitCondition("DataLoss", "False", "NoLossKnown");
        assertThat(client.differences("items", "id")).isEmpty();
    }

    static String value(EmbeddedPostgres server, String database, String query) throws SQLException {
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    static void run(EmbeddedPostgres server, String database, String... statements) throws SQLException {
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
