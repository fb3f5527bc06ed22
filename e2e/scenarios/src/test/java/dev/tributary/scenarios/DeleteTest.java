package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.api.v1alpha1.TenantPipelineSpec;
import dev.tributary.api.v1alpha1.TenantPipelineSpec.ClassRef;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What kubectl delete leaves, as docs/conventions.md says. */
@ExtendWith(BoxExtension.class)
class DeleteTest {

    private final TestBox box;

    DeleteTest(TestBox box) {
        this.box = box;
    }

    @Test
    void deleteRemovesWhatCostsAndKeepsTheData() {
        Client client = Client.create(box, "delete");
        client.database()
                .run(
                        "CREATE TABLE items (id int PRIMARY KEY, note text)",
                        "INSERT INTO items SELECT n, 'note ' || n FROM generate_series(1, 100) n");
        client.apply("items");
        client.awaitReady();
        client.awaitEqual("items", "id");
        String connector = client.pipeline().getStatus().effective().connector();
        assertThat(box.connectors()).contains(connector);
        await().atMost(Client.PATIENCE)
                .untilAsserted(() ->
                        assertThat(box.kafka().connectorOffsets(connector)).isNotEmpty());
        // The job commits with its first checkpoint.
        await().atMost(Client.PATIENCE)
                .untilAsserted(() ->
                        assertThat(box.kafka().consumerGroups()).anyMatch(g -> g.startsWith(client.name() + ".")));

        client.deleteAndAwait();

        assertThat(left(client, connector)).isEqualTo(documented("Retain"));
        assertThat(box.clickHouse().ask("SELECT count() FROM " + client.sink("items") + " FINAL"))
                .isEqualTo("100");
    }

    @Test
    void whatWasKeptIsTakenBackWithoutGhosts() {
        Client client = Client.create(box, "back");
        client.database()
                .run(
                        "CREATE TABLE items (id int PRIMARY KEY, note text)",
                        "INSERT INTO items SELECT n, 'note ' || n FROM generate_series(1, 100) n");
        client.apply("items");
        client.awaitReady();
        client.awaitEqual("items", "id");
        client.deleteAndAwait();
        client.database()
                .run(
                        "DELETE FROM items WHERE id <= 10",
                        "UPDATE items SET note = 'other' WHERE id = 11",
                        "UPDATE items SET id = 1000 WHERE id = 12",
                        "INSERT INTO items VALUES (101, 'new')");

        client.apply("items");

        client.awaitReady();
        // Ready says that what is gone at the source is gone here: nothing is awaited any more.
        assertThat(client.differences("items", "id")).isEmpty();
        assertThat(client.pipeline().getStatus().effective().epoch()).isEqualTo(2);
        client.database().run("DELETE FROM items WHERE id = 11", "INSERT INTO items VALUES (1, 'back')");
        client.awaitEqual("items", "id");
        client.deleteAndAwait();
    }

    @Test
    void theDataGoesTooWhenThatIsWished() {
        Client client = Client.create(box, "gone");
        client.database().run("CREATE TABLE items (id int PRIMARY KEY)", "INSERT INTO items VALUES (1)");
        client.apply(SpecChange::deletingData, "items");
        client.awaitReady();
        client.awaitEqual("items", "id");

        String connector = client.pipeline().getStatus().effective().connector();

        client.deleteAndAwait();

        assertThat(left(client, connector)).isEqualTo(documented("Delete"));
    }

    @Test
    @Tag("long")
    void aSourceThatIsGoneIsAbandonedByAnnotation() {
        Client client = Client.create(box, "away");
        client.database().run("CREATE TABLE items (id int PRIMARY KEY)");
        client.apply("items");
        client.awaitReady();
        client.awaitCondition("SnapshotComplete", "True", "Streaming");
        String slot = client.pipeline().getStatus().effective().slot();
        box.postgres().run("ALTER ROLE " + client.name() + " NOLOGIN");
        client.delete();
        assertThat(client.awaitCondition("SourceReady", "False", "AuthenticationFailed"))
                .contains(slot);

        client.annotate("tributary.dev/abandon-source", "true");

        client.awaitGone();
        assertThat(children(client)).isEmpty();
        assertThat(client.events("SourceAbandoned")).singleElement().satisfies(event -> {
            assertThat(event.getType()).isEqualTo("Warning");
            assertThat(event.getMessage()).contains(slot, box.address(), "pg_drop_replication_slot");
        });
        box.postgres().run("SELECT pg_drop_replication_slot('" + slot + "')");
    }

    @Test
    @Tag("long")
    void aSourceThatIsGoneIsLeftAfterTheTimeout() {
        Client client = Client.create(box, "late");
        client.database().run("CREATE TABLE items (id int PRIMARY KEY)");
        box.kubernetes()
                .resource(box.classLike(client.name(), "5s", box.layout().clickHouseUrl()))
                .create();
        client.apply(
                spec -> new TenantPipelineSpec(spec.tenant(), new ClassRef(client.name()), spec.source()), "items");
        client.awaitReady();
        client.awaitCondition("SnapshotComplete", "True", "Streaming");
        String slot = client.pipeline().getStatus().effective().slot();
        box.postgres().run("ALTER ROLE " + client.name() + " NOLOGIN");

        client.deleteAndAwait();

        assertThat(client.events("SourceAbandoned")).singleElement().satisfies(event -> assertThat(event.getMessage())
                .contains(slot));
        box.postgres().run("SELECT pg_drop_replication_slot('" + slot + "')");
    }

    /** The first words of a column of the table in docs/conventions.md, row by row. */
    private List<String> documented(String policy) {
        List<String> table = read("docs/conventions.md")
                .lines()
                .dropWhile(line -> !line.startsWith("## After `kubectl delete`"))
                .filter(line -> line.startsWith("|"))
                .toList();
        List<String> heads =
                Stream.of(table.get(0).split("\\|")).map(String::strip).toList();
        String head = heads.stream()
                .filter(h -> h.startsWith("`deletionPolicy: " + policy + "`"))
                .findFirst()
                .orElseThrow();
        return table.stream()
                .skip(2)
                .map(row -> row.split("\\|")[heads.indexOf(head)].strip().split("\\W")[0])
                .toList();
    }

    private String read(String file) {
        try {
            return Files.readString(box.layout().checkout().root().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is left, in the order of that table. */
    private List<String> left(Client client, String connector) {
        boolean engines = !children(client).isEmpty()
                || box.connectors().contains(connector)
                || !box.kafka().connectorOffsets(connector).isEmpty();
        boolean source =
                !client.database().value("SELECT count(*) FROM pg_publication").equals("0")
                        || !box.postgres()
                                .value("SELECT count(*) FROM pg_replication_slots WHERE database = '" + client.name()
                                        + "'")
                                .equals("0");
        boolean topics = box.kafka().topics().stream().anyMatch(topic -> topic.contains(client.name() + "."));
        boolean group = box.kafka().consumerGroups().stream().anyMatch(name -> name.startsWith(client.name() + "."));
        assertThat(group).as("consumer group, as the topics").isEqualTo(topics);
        boolean tables = hasDatabase(client.name());
        boolean jobTables = hasDatabase("_tributary_" + client.name());
        return Stream.of(engines, source, topics, tables, jobTables, claim(client) != null, hasCheckpoints(client))
                .map(there -> there ? "kept" : "gone")
                .toList();
    }

    private boolean hasDatabase(String name) {
        return box.clickHouse()
                .ask("SELECT count() FROM system.databases WHERE name = '" + name + "'")
                .equals("1");
    }

    private boolean hasCheckpoints(Client client) {
        try (Stream<Path> folders = Files.list(box.layout().flinkState())) {
            return folders.anyMatch(f -> f.getFileName().toString().startsWith(client.name() + "-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ConfigMap claim(Client client) {
        return box.kubernetes()
                .configMaps()
                .inNamespace("tributary-system")
                .withName("tributary-tenant-" + client.name())
                .get();
    }

    @Test
    void nobodyElseTakesWhatWasKept() {
        Client client = Client.create(box, "kept");
        Client other = Client.create(box, "thief");
        client.database().run("CREATE TABLE items (id int PRIMARY KEY)");
        other.database().run("CREATE TABLE items (id int PRIMARY KEY)");
        client.apply("items");
        client.awaitReady();
        client.deleteAndAwait();

        other.apply(spec -> new TenantPipelineSpec(client.name(), null, spec.source()), "items");

        assertThat(other.awaitCondition("Accepted", "False", "TenantAlreadyClaimed"))
                .contains(client.name());
        other.deleteAndAwait();
    }

    private List<String> children(Client client) {
        Map<String, String> labels = Map.of("tributary.dev/tenant", client.name());
        Stream<HasMetadata> core = Stream.of("kafka", "flink").flatMap(namespace -> Stream.of(
                        box.kubernetes().secrets(), box.kubernetes().configMaps())
                .flatMap(kind -> kind.inNamespace(namespace).withLabels(labels).list().getItems().stream()));
        Stream<GenericKubernetesResource> engines = Stream.of(
                        new String[] {"kafka.strimzi.io", "v1", "KafkaTopic", "kafkatopics"},
                        new String[] {"kafka.strimzi.io", "v1", "KafkaConnector", "kafkaconnectors"},
                        new String[] {"flink.apache.org", "v1beta1", "FlinkDeployment", "flinkdeployments"})
                .flatMap(kind -> box
                        .kubernetes()
                        .genericKubernetesResources(new ResourceDefinitionContext.Builder()
                                .withGroup(kind[0])
                                .withVersion(kind[1])
                                .withKind(kind[2])
                                .withPlural(kind[3])
                                .withNamespaced(true)
                                .build())
                        .inAnyNamespace()
                        .withLabels(labels)
                        .list()
                        .getItems()
                        .stream());
        return Stream.concat(core, engines)
                .map(HasMetadata::getFullResourceName)
                .toList();
    }
}
