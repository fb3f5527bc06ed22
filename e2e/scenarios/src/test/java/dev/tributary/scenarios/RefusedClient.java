package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.api.v1alpha1.PostgresqlSource;
import dev.tributary.api.v1alpha1.Source;
import dev.tributary.api.v1alpha1.SourceTable;
import dev.tributary.api.v1alpha1.TenantPipelineSpec;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A client whose pipeline is to be refused. Every pipeline lists one more table with the same target as the table items. So
 * the pipeline, once healed, is refused at the schema, and two dozen jobs need not start and stop to show that a message is
 * right.
 */
record RefusedClient(TestBox box, Client client) {

    static RefusedClient create(TestBox box) {
        Client client = Client.create(box, "bad");
        client.database().run("CREATE TABLE twin (id int PRIMARY KEY)");
        return new RefusedClient(box, client);
    }

    String name() {
        return client.name();
    }

    Postgres database() {
        return client.database();
    }

    KubernetesClient kubernetes() {
        return client.kubernetes();
    }

    void secret(Map<String, String> data) {
        client.secret(data);
    }

    void apply(String... tables) {
        apply(spec -> spec, tables);
    }

    void apply(UnaryOperator<TenantPipelineSpec> change, String... tables) {
        client.apply(
                spec -> {
                    List<SourceTable> listed = new ArrayList<>(spec.source().tables());
                    listed.add(new SourceTable("public", "twin", new SourceTable.Target("items")));
                    return change.apply(withSource(spec, spec.source().postgresql(), listed));
                },
                tables);
    }

    /** The same, but for what is said of the PostgreSQL server. */
    static TenantPipelineSpec withPostgresql(TenantPipelineSpec spec, UnaryOperator<PostgresqlSource> change) {
        return withSource(
                spec,
                change.apply(spec.source().postgresql()),
                List.copyOf(spec.source().tables()));
    }

    private static TenantPipelineSpec withSource(
            TenantPipelineSpec spec, PostgresqlSource postgresql, List<SourceTable> tables) {
        return new TenantPipelineSpec(spec.tenant(), spec.classRef(), new Source(postgresql, tables));
    }

    /** Waits for the refusal, sees that it left nothing behind, and returns its message. */
    String awaitRefusal(String condition, String reason) {
        String message = client.awaitCondition(condition, "False", reason);
        assertNothingWasMade();
        return message;
    }

    /** Waits until the source is fine, by itself, and takes the pipeline away. */
    void heals() {
        client.awaitCondition("SourceReady", "True", "Inspected");
        client.awaitCondition("SchemaReady", "False", "TableCollision");
        assertNothingWasMade();
        end();
    }

    /** Nothing was made, so nothing is kept: the tenant is free again. */
    void end() {
        client.deleteAndAwait();
        assertThat(box.kubernetes()
                        .configMaps()
                        .inNamespace("tributary-system")
                        .withName("tributary-tenant-" + name())
                        .get())
                .isNull();
    }

    private void assertNothingWasMade() {
        Map<String, String> labels = Map.of("tributary.dev/tenant", name());
        Stream<HasMetadata> children = Stream.of("kafka", "flink").flatMap(namespace -> Stream.of(
                        box.kubernetes().secrets(), box.kubernetes().configMaps())
                .flatMap(kind -> kind.inNamespace(namespace).withLabels(labels).list().getItems().stream()));
        assertThat(children.map(HasMetadata::getFullResourceName)).isEmpty();
        assertThat(box.clickHouse().ask("SELECT count() FROM system.databases WHERE name = '" + name() + "'"))
                .isEqualTo("0");
        assertThat(box.postgres()
                        .in(name())
                        .value("SELECT count(*) FROM pg_publication WHERE"
                                + " obj_description(oid, 'pg_publication') LIKE 'tributary:%'"))
                .isEqualTo("0");
        assertThat(box.postgres().value("SELECT count(*) FROM pg_replication_slots WHERE database = '" + name() + "'"))
                .isEqualTo("0");
    }
}
