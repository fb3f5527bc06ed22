package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.api.v1alpha1.PostgresqlSource;
import dev.tributary.api.v1alpha1.PostgresqlSource.Publication;
import dev.tributary.api.v1alpha1.PostgresqlSource.PublicationManagement;
import dev.tributary.api.v1alpha1.TenantPipelineSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What samples/client-database grants is enough, on a database that grants nothing by itself, and it is no more than said. */
@ExtendWith(BoxExtension.class)
class ClientDatabaseSampleTest {

    private static final String READER_PASSWORD = "it's \"the reader's\"";

    private final TestBox box;

    ClientDatabaseSampleTest(TestBox box) {
        this.box = box;
    }

    @Test
    void withAProvidedPublicationTheUserReadsTheListedTablesAndNothingElse() {
        Client client = clientWithTables();
        Postgres reader = runScript("provided.sql", client);

        apply(client, new Publication(PublicationManagement.Provided, "tributary_tables"));

        client.awaitReady();
        client.database().run("UPDATE orders SET total = 7 WHERE id = 1", "DELETE FROM customers WHERE id = 2");
        client.awaitEqual("orders", "id");
        client.awaitEqual("customers", "id");
        assertThatThrownBy(() -> reader.value("SELECT count(*) FROM salaries"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> reader.run("DELETE FROM orders")).hasMessageContaining("permission denied");
        assertThatThrownBy(() -> reader.run("CREATE SCHEMA more")).hasMessageContaining("permission denied");
        client.deleteAndAwait();
        assertThat(client.database().value("SELECT string_agg(pubname, ',') FROM pg_publication"))
                .isEqualTo("tributary_tables");
    }

    @Test
    void withAManagedPublicationTheUserPublishesAsTheOwnerAndTheCaptureKeepsToIt() {
        Client client = clientWithTables();
        Postgres reader = runScript("managed.sql", client);
        apply(client, null);
        client.awaitReady();
        client.database().run("CREATE PUBLICATION another FOR TABLE customers, orders");

        apply(client, new Publication(PublicationManagement.Provided, "another"));

        String message = client.awaitCondition("CaptureReady", "False", "PublicationChanged");
        assertThat(message).contains("set spec.source.postgresql.publication back");
        client.database().run("UPDATE orders SET total = 7 WHERE id = 1");
        client.awaitEqual("orders", "id");
        assertThatThrownBy(() -> reader.run("CREATE DATABASE more")).hasMessageContaining("permission denied");
        apply(client, null);
        client.awaitReady();
        client.deleteAndAwait();
        assertThat(client.database().value("SELECT string_agg(pubname, ',') FROM pg_publication"))
                .isEqualTo("another");
    }

    private Client clientWithTables() {
        Client client = Client.create(box, "least");
        client.database()
                .run(
                        "CREATE TABLE customers (id int PRIMARY KEY, name text)",
                        "CREATE TABLE orders (id int PRIMARY KEY, total numeric(12, 2))",
                        "CREATE TABLE salaries (id int PRIMARY KEY)",
                        "INSERT INTO customers SELECT n, 'name ' || n FROM generate_series(1, 50) n",
                        "INSERT INTO orders SELECT n, n FROM generate_series(1, 50) n");
        box.postgres()
                .in(client.name())
                .run(
                        "REVOKE ALL ON DATABASE " + client.name() + " FROM PUBLIC",
                        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
                        "GRANT USAGE ON SCHEMA public TO " + client.name());
        return client;
    }

    /** As psql would, for it may not be there: variables, then one statement after the other. */
    private Postgres runScript(String file, Client client) {
        String user = "reader of " + client.name();
        String script = sample("client-database/" + file)
                .replaceAll("(?m)^--.*\n", "")
                .replace(":\"user\"", "\"" + user + "\"")
                .replace(":\"owner\"", "\"" + client.name() + "\"")
                .replace(":\"DBNAME\"", "\"" + client.name() + "\"")
                .replace(":'password'", "'" + READER_PASSWORD.replace("'", "''") + "'");
        box.postgres().in(client.name()).run(script.split(";\\s*\n"));
        client.secret(Map.of("username", user, "password", READER_PASSWORD));
        return new Postgres(box.address(), client.name(), user, READER_PASSWORD);
    }

    private static void apply(Client client, @Nullable Publication publication) {
        client.apply(spec -> withPublication(spec, publication), "customers", "orders");
    }

    private static TenantPipelineSpec withPublication(TenantPipelineSpec spec, @Nullable Publication publication) {
        return RefusedClient.withPostgresql(
                spec,
                p -> new PostgresqlSource(p.host(), p.port(), p.database(), p.credentials(), p.tls(), publication));
    }

    private String sample(String file) {
        try {
            return Files.readString(box.layout().checkout().sample(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
