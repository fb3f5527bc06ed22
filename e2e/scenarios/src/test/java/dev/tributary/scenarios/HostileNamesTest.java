package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.api.v1alpha1.PostgresqlSource;
import dev.tributary.api.v1alpha1.PostgresqlSource.Tls;
import dev.tributary.api.v1alpha1.PostgresqlSource.TlsMode;
import dev.tributary.api.v1alpha1.SourceTable;
import dev.tributary.api.v1alpha1.TenantPipelineSpec;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Names and values that mean something to Connect, to SQL, to regular expressions or to JSON are carried as what they are:
 * as names of databases, schemas, tables, columns and targets, as values, as user and as password; over a connection whose certificate
 * Debezium itself verifies.
 */
@ExtendWith(BoxExtension.class)
class HostileNamesTest {

    private static final String DATABASE = "it's \"the\" db\\ , ; {x} 🚚";

    private static final String SCHEMA = "sch\"ema, .* ${env:HOME}";

    private static final String TARGET = "target `of` \\ ${file:/etc/passwd:x} 🚚";

    private static final List<String> TABLES = List.of(
            "${secrets:kafka/x:password}",
            "it's; DROP TABLE \"x\"; --",
            "a\"b",
            "with, comma",
            "dot.dot",
            "Große 🚚",
            "select",
            "back\\slash \\x{41}",
            "[a-z]+(x|y)*^$",
            "%s %d {{json}} <b>",
            " padded ");

    /** Debezium would not start if the index of a table without a primary key had a double quote in a column. */
    private static final List<String> KEY = Stream.concat(
                    Stream.of("id"), TABLES.stream().filter(name -> !name.contains("\"")))
            .toList();

    private static final String USER = "us er\"\\ ${secrets:kafka/x:username} 🚚";

    private static final String PASSWORD = "p'\"\\ ${secrets:kafka/x:password} %n\t{} 🚚";

    private final TestBox box;

    HostileNamesTest(TestBox box) {
        this.box = box;
    }

    @Test
    void hostileNamesAndValuesArriveAsTheyAre() {
        Client client = Client.create(box, "hostile");
        Postgres source = makeDatabase(client);
        Stream.concat(TABLES.stream().map(t -> "\"public\"." + quoted(t)), Stream.of(quoted(SCHEMA) + ".\"items\""))
                .forEach(table -> fill(source, table));
        declareKey(source, quoted(SCHEMA) + ".\"items\"");
        client.secret("authority", Map.of("ca.crt", box.certificate("ca")));

        client.apply(HostileNamesTest::hostile, TABLES.toArray(String[]::new));

        client.awaitReady();
        client.awaitCondition("SnapshotComplete", "True", "Streaming");
        TABLES.forEach(t -> change(source, "\"public\"." + quoted(t)));
        change(source, quoted(SCHEMA) + ".\"items\"");
        TABLES.forEach(t -> awaitEqual(client, source, "\"public\"." + quoted(t), t));
        awaitEqual(client, source, quoted(SCHEMA) + ".\"items\"", TARGET);
        assertThat(connectorConfig(client)).doesNotContain("${env", "${file", "secrets:kafka/x", PASSWORD);
        assertNothingHoldsThePasswordButSecrets();
        client.deleteAndAwait();
    }

    private Postgres makeDatabase(Client client) {
        box.postgres()
                .run(
                        "CREATE ROLE " + quoted(USER) + " LOGIN REPLICATION PASSWORD '" + PASSWORD.replace("'", "''")
                                + "'",
                        "GRANT " + client.name() + " TO " + quoted(USER),
                        "CREATE DATABASE " + quoted(DATABASE) + " OWNER " + client.name());
        client.secret(Map.of("username", USER, "password", PASSWORD));
        Postgres source = client.database().in(DATABASE);
        source.run("CREATE SCHEMA " + quoted(SCHEMA));
        return source;
    }

    private static TenantPipelineSpec hostile(TenantPipelineSpec spec) {
        TenantPipelineSpec verified = RefusedClient.withPostgresql(
                spec,
                p -> new PostgresqlSource(
                        p.host(), p.port(), DATABASE, p.credentials(), new Tls(TlsMode.VerifyFull, "authority"), null));
        List<SourceTable> tables = Stream.concat(
                        spec.source().tables().stream(),
                        Stream.of(new SourceTable(SCHEMA, "items", new SourceTable.Target(TARGET), null, KEY, null)))
                .toList();
        return SpecChange.tables(verified, tables);
    }

    /** Every name is a column's too, and every name a value. */
    private static void fill(Postgres source, String table) {
        StringBuilder columns = new StringBuilder("id int PRIMARY KEY, \"new\nline\" text");
        TABLES.forEach(t -> columns.append(", ").append(quoted(t)).append(" text"));
        source.run("CREATE TABLE " + table + " (" + columns + ")");
        source.run(insert(table, 1), insert(table, 2), insert(table, 3));
    }

    private static void declareKey(Postgres source, String table) {
        source.run("ALTER TABLE " + table + " DROP CONSTRAINT items_pkey");
        KEY.forEach(column -> source.run("ALTER TABLE " + table + " ALTER " + quoted(column) + " SET NOT NULL"));
        source.run(
                "CREATE UNIQUE INDEX " + quoted(USER) + " ON " + table + " ("
                        + KEY.stream().map(HostileNamesTest::quoted).collect(Collectors.joining(", ")) + ")",
                "ALTER TABLE " + table + " REPLICA IDENTITY USING INDEX " + quoted(USER));
    }

    private static void change(Postgres source, String table) {
        source.run(
                insert(table, 4),
                "UPDATE " + table + " SET " + quoted(TABLES.get(0)) + " = E'\\n${secrets:kafka/x:y}'" + " WHERE id = 1",
                "DELETE FROM " + table + " WHERE id = 2");
    }

    private static String insert(String table, int id) {
        StringBuilder values = new StringBuilder(id + ", E'line\\nbreak \\t tab'");
        TABLES.forEach(t -> values.append(", '").append(t.replace("'", "''")).append("'"));
        return "INSERT INTO " + table + " VALUES (" + values + ")";
    }

    private void awaitEqual(Client client, Postgres source, String table, String target) {
        await(table).atMost(Client.PATIENCE).untilAsserted(() -> assertThat(SourceEqualsSink.differences(
                        source, box.clickHouse(), table, client.sink(target), List.of("id")))
                .isEmpty());
    }

    private String connectorConfig(Client client) {
        GenericKubernetesResource connector = box.kubernetes()
                .genericKubernetesResources("kafka.strimzi.io/v1", "KafkaConnector")
                .inNamespace("kafka")
                .withLabel("tributary.dev/tenant", client.name())
                .list()
                .getItems()
                .get(0);
        return connector.<Map<String, Object>>get("spec", "config").toString();
    }

    /** A part of it that no escaping changes, and that nothing else has. */
    private void assertNothingHoldsThePasswordButSecrets() {
        String part = "x:password} %n";
        assertThat(PASSWORD).contains(part);
        try (Stream<Path> logs = Files.walk(box.layout().auditLog().getParent())) {
            for (Path log : logs.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(log, StandardCharsets.ISO_8859_1).contains(part))
                        .as(log.toString())
                        .isFalse();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (String kind : List.of(
                "tributary.dev/v1alpha1 TenantPipeline",
                "kafka.strimzi.io/v1 KafkaConnector",
                "kafka.strimzi.io/v1 KafkaTopic",
                "flink.apache.org/v1beta1 FlinkDeployment",
                "v1 ConfigMap",
                "v1 Event")) {
            GenericKubernetesResourceList all = box.kubernetes()
                    .genericKubernetesResources(kind.split(" ")[0], kind.split(" ")[1])
                    .inAnyNamespace()
                    .list();
            assertThat(all.getItems()).as(kind).isNotEmpty();
            assertThat(Serialization.asJson(all).contains(part)).as(kind).isFalse();
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
