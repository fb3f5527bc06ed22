package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tributary.api.v1alpha1.TenantPipelineSpec;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the API server itself refuses, told as kubectl tells it. */
@ExtendWith(BoxExtension.class)
class SchemaRefusalsTest {

    private static final String VALID = """
            apiVersion: tributary.dev/v1alpha1
            kind: TenantPipeline
            metadata: {name: shop, namespace: default}
            spec:
              tenant: acme
              source:
                postgresql: {host: db, database: shop, credentials: {secretName: shop-db}}
                tables: [{name: orders}]
            """;

    private final TestBox box;

    SchemaRefusalsTest(TestBox box) {
        this.box = box;
    }

    static Stream<Arguments> invalid() {
        String long10k = "x".repeat(10_000);
        return Stream.of(
                arguments("empty tenant", "tenant: acme", "tenant: ''", "spec.tenant"),
                arguments("upper-case tenant", "tenant: acme", "tenant: Acme", "spec.tenant"),
                arguments("tenant of an engine", "tenant: acme", "tenant: system", "belongs to an engine"),
                arguments("long tenant", "tenant: acme", "tenant: " + long10k, "spec.tenant"),
                arguments("two sources", "postgresql: {", "mysql: {host: db}\n    postgresql: {", "spec.source.mysql"),
                arguments(
                        "no source",
                        "postgresql: {host: db, database: shop, credentials: {secretName: shop-db}}",
                        "",
                        "spec.source.postgresql"),
                arguments("no table", "[{name: orders}]", "[]", "spec.source.tables"),
                arguments(
                        "a table twice",
                        "[{name: orders}]",
                        "[{name: orders}, {schema: public, name: orders}]",
                        "Duplicate value"),
                arguments("long table name", "name: orders", "name: " + long10k, "spec.source.tables[0].name"),
                arguments("long host", "host: db", "host: " + long10k, "spec.source.postgresql.host"),
                arguments("long database", "database: shop", "database: " + long10k, "spec.source.postgresql.database"),
                arguments(
                        "long Secret name", "secretName: shop-db", "secretName: " + long10k, "credentials.secretName"),
                arguments(
                        "long target",
                        "{name: orders}",
                        "{name: orders, target: {table: " + long10k + "}}",
                        "target.table"),
                arguments(
                        "long schema", "{name: orders}", "{name: orders, schema: " + long10k + "}", "tables[0].schema"),
                arguments("control character", "name: orders", "name: \"or\\nders\"", "spec.source.tables[0].name"),
                arguments("unknown field", "tenant: acme", "tenant: acme\n  tenent: acme", "spec.tenent"),
                arguments("port out of range", "host: db", "host: db, port: 70000", "spec.source.postgresql.port"),
                arguments(
                        "VerifyFull without authority",
                        "host: db",
                        "host: db, tls: {mode: VerifyFull}",
                        "caSecretName"),
                arguments(
                        "authority without VerifyFull",
                        "host: db",
                        "host: db, tls: {caSecretName: ca}",
                        "caSecretName"),
                arguments(
                        "a column twice in a key",
                        "{name: orders}",
                        "{name: orders, key: [id, id]}",
                        "spec.source.tables[0].key[1]"),
                arguments("a key of nothing", "{name: orders}", "{name: orders, key: []}", "spec.source.tables[0].key"),
                arguments(
                        "a key of what has none",
                        "{name: orders}",
                        "{name: orders, key: [id], withoutKey: AppendOnly}",
                        "key and withoutKey AppendOnly exclude each other"),
                arguments("a dot in the name", "name: shop,", "name: shop.eu,", "metadata.name"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalid")
    void isRefused(String what, String valid, String invalid, String named) {
        String yaml = VALID.replace(valid, invalid);
        assertThat(yaml).isNotEqualTo(VALID);

        Kubectl.Result result = box.kubectl(yaml, "create", "--dry-run=server", "-f", "-");

        assertThat(result.exitCode()).as(result.output()).isNotZero();
        assertThat(result.output()).contains(named);
    }

    @Test
    void whatTheReadmeShowsIsAccepted() {
        Kubectl.Result result = box.kubectl(VALID, "create", "--dry-run=server", "-f", "-");

        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    @Test
    void theTenantCannotBeChanged() {
        Client client = Client.create(box, "schema");
        client.database().run("CREATE TABLE items (id int PRIMARY KEY)");
        client.apply(
                s -> new TenantPipelineSpec(s.tenant(), new TenantPipelineSpec.ClassRef("none"), s.source()), "items");

        Kubectl.Result result = box.kubectl(
                "",
                "-n",
                client.name(),
                "patch",
                "tenantpipeline",
                "main",
                "--type=merge",
                "-p",
                "{\"spec\":{\"tenant\":\"other\"}}");

        assertThat(result.exitCode()).isNotZero();
        assertThat(result.output()).contains("tenant cannot be changed");
        client.deleteAndAwait();
    }

    @Test
    void explainTeaches() {
        Kubectl.Result result = box.kubectl("", "explain", "tenantpipeline.spec", "--recursive");

        assertThat(result.output())
                .contains("tenant", "classRef", "postgresql", "credentials", "caSecretName", "tables");
    }
}
