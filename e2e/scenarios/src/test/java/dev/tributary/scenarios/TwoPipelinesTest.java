package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.api.v1alpha1.PostgresqlSource;
import dev.tributary.api.v1alpha1.Source;
import dev.tributary.api.v1alpha1.SourceTable;
import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.api.v1alpha1.TenantPipelineSpec;
import dev.tributary.api.v1alpha1.TenantPipelineSpec.DeletionPolicy;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One client with two databases: two pipelines of one tenant, side by side in one ClickHouse database. */
@ExtendWith(BoxExtension.class)
class TwoPipelinesTest {

    private final TestBox box;

    TwoPipelinesTest(TestBox box) {
        this.box = box;
    }

    @Test
    @Tag("long")
    void twoDatabasesOfOneClient() {
        Client client = Client.create(box, "twin");
        Postgres archive = client.database().in(client.name() + "_archive");
        box.postgres().run("CREATE DATABASE " + archive.database() + " OWNER " + client.name());
        client.database().run("CREATE TABLE items (id int PRIMARY KEY)", "INSERT INTO items VALUES (1)");
        archive.run("CREATE TABLE invoices (id int PRIMARY KEY)", "INSERT INTO invoices VALUES (7)");

        client.apply("items");
        TenantPipeline second = second(client, archive);
        box.kubernetes().resource(second).create();

        client.awaitReady();
        client.awaitEqual("items", "id");
        await().atMost(Client.PATIENCE).untilAsserted(() -> assertThat(SourceEqualsSink.differences(
                        archive, box.clickHouse(), "invoices", client.sink("invoices"), List.of("id")))
                .isEmpty());
        box.kubernetes().resource(second).delete();
        await().atMost(Client.PATIENCE)
                .untilAsserted(() ->
                        assertThat(box.kubernetes().resource(second).get()).isNull());
        // What went was the second's alone.
        assertThat(box.clickHouse()
                        .ask("SELECT name FROM system.tables WHERE database = '" + client.name() + "' ORDER BY name"))
                .isEqualTo("items");
        client.database().run("INSERT INTO items VALUES (2)");
        client.awaitEqual("items", "id");
        client.deleteAndAwait();
    }

    private static TenantPipeline second(Client client, Postgres database) {
        TenantPipeline pipeline = new TenantPipeline();
        pipeline.getMetadata().setNamespace(client.name());
        pipeline.getMetadata().setName("archive");
        pipeline.setSpec(new TenantPipelineSpec(
                client.name(),
                null,
                null,
                new Source(
                        new PostgresqlSource(
                                database.address(),
                                database.port(),
                                database.database(),
                                new PostgresqlSource.Credentials("source"),
                                null,
                                null),
                        List.of(new SourceTable("public", "invoices", null))),
                null,
                DeletionPolicy.Delete));
        return pipeline;
    }
}
