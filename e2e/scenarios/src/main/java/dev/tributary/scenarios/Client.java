package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.api.v1alpha1.PostgresqlSource;
import dev.tributary.api.v1alpha1.Source;
import dev.tributary.api.v1alpha1.SourceTable;
import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.api.v1alpha1.TenantPipelineSpec;
import dev.tributary.api.v1alpha1.TenantPipelineStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * One client of the platform, with a database, a user, a namespace and a Secret of its own, so that tests run side by side.
 * The tenant, its namespace, its ClickHouse database and its source database all have the same name.
 */
public final class Client {

    /** Seconds are bench figures: a test waits long enough for a busy machine. */
    public static final Duration PATIENCE = Duration.ofMinutes(4);

    public static final String PASSWORD = "a client's \"own\" pass$word";

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final TestBox box;
    private final String name;
    private final Postgres database;

    private Client(TestBox box, String name, Postgres database) {
        this.box = box;
        this.name = name;
        this.database = database;
    }

    /** A client that nobody had before, with an empty database. */
    public static Client create(TestBox box, String kind) {
        String name = kind + COUNT.incrementAndGet();
        Client client = new Client(box, name, new Postgres(box.address(), name, name, PASSWORD));
        box.postgres().run(client.databaseAndOwner());
        client.makeNamespace();
        return client;
    }

    /** A client whose database is still to be made, on a server of its own on this machine that asks for no password. */
    public static Client withOwnServer(TestBox box, String kind, int port) {
        String name = kind + COUNT.incrementAndGet();
        Client client = new Client(box, name, new Postgres("127.0.0.1", port, name, name, PASSWORD));
        client.makeNamespace();
        return client;
    }

    /** The same client, who has taken the database to another server of its own. */
    public Client movedTo(int port) {
        return new Client(box, name, new Postgres("127.0.0.1", port, name, name, PASSWORD));
    }

    /** The statements that make the client's database and the user who owns it. */
    public String[] databaseAndOwner() {
        return new String[] {
            "CREATE ROLE " + name + " LOGIN REPLICATION PASSWORD '" + PASSWORD.replace("'", "''") + "'",
            "CREATE DATABASE " + name + " OWNER " + name
        };
    }

    private void makeNamespace() {
        kubernetes()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        secret(Map.of("username", name, "password", PASSWORD));
    }

    public String name() {
        return name;
    }

    /** The client's database, as its own user. */
    public Postgres database() {
        return database;
    }

    public KubernetesClient kubernetes() {
        return box.kubernetes();
    }

    /** Creates or replaces the Secret that the pipeline refers to. */
    public void secret(Map<String, String> data) {
        secret("source", data);
    }

    /** Creates or replaces a Secret in the client's namespace. */
    public void secret(String secret, Map<String, String> data) {
        kubernetes()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(name)
                        .withName(secret)
                        .endMetadata()
                        .withStringData(data)
                        .build())
                .unlock()
                .createOr(existing -> existing.update());
    }

    /** Applies a pipeline of these tables of schema public. */
    public TenantPipeline apply(String... tables) {
        return apply(spec -> spec, tables);
    }

    /** Applies a pipeline of these tables, changed. */
    public TenantPipeline apply(UnaryOperator<TenantPipelineSpec> change, String... tables) {
        List<SourceTable> listed = Arrays.stream(tables)
                .map(t -> new SourceTable("public", t, null))
                .toList();
        PostgresqlSource postgresql = new PostgresqlSource(
                database.address(), database.port(), name, new PostgresqlSource.Credentials("source"), null, null);
        TenantPipeline pipeline = new TenantPipeline();
        pipeline.getMetadata().setNamespace(name);
        pipeline.getMetadata().setName("main");
        pipeline.setSpec(change.apply(new TenantPipelineSpec(name, null, new Source(postgresql, listed))));
        return kubernetes()
                .resource(pipeline)
                .fieldManager("user")
                .forceConflicts()
                .serverSideApply();
    }

    /** Annotates the pipeline. */
    public void annotate(String key, String value) {
        kubernetes()
                .resources(TenantPipeline.class)
                .inNamespace(name)
                .withName("main")
                .edit(pipeline -> {
                    Map<String, String> annotations = new HashMap<>(Map.of(key, value));
                    if (pipeline.getMetadata().getAnnotations() != null) {
                        pipeline.getMetadata().getAnnotations().forEach(annotations::putIfAbsent);
                    }
                    pipeline.getMetadata().setAnnotations(annotations);
                    return pipeline;
                });
    }

    /** Pauses the pipeline and waits until all stands still. */
    public void pause(String... tables) {
        apply(SpecChange::paused, tables);
        awaitCondition("Ready", "True", "Paused");
    }

    public TenantPipeline pipeline() {
        return kubernetes()
                .resources(TenantPipeline.class)
                .inNamespace(name)
                .withName("main")
                .get();
    }

    public Optional<Condition> condition(String type) {
        TenantPipeline pipeline = pipeline();
        return pipeline == null
                        || pipeline.getStatus() == null
                        || pipeline.getStatus().conditions() == null
                ? Optional.empty()
                : pipeline.getStatus().conditions().stream()
                        .filter(c -> type.equals(c.getType()))
                        .filter(c -> pipeline.getMetadata().getGeneration().equals(c.getObservedGeneration()))
                        .findFirst();
    }

    public void awaitReady() {
        awaitCondition("Ready", "True", "Running");
    }

    /** Waits for a condition with this status and reason, and returns its message. */
    public String awaitCondition(String type, String status, String reason) {
        return awaitCondition(type, status, reason, PATIENCE);
    }

    /** The same for what takes its time. */
    public String awaitCondition(String type, String status, String reason, Duration patience) {
        await(type + "=" + status + " " + reason + " of " + name)
                .atMost(patience)
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(() -> assertThat(condition(type).map(c -> c.getStatus() + " " + c.getReason()))
                        .as(this::allConditions)
                        .contains(status + " " + reason));
        return condition(type).orElseThrow().getMessage();
    }

    public void awaitEpoch(int epoch) {
        await("epoch " + epoch + " of " + name)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(() -> assertThat(Optional.ofNullable(pipeline().getStatus())
                                .map(TenantPipelineStatus::effective)
                                .map(TenantPipelineStatus.Effective::epoch))
                        .as(this::allConditions)
                        .contains(epoch));
    }

    /** Waits for a condition with this status, whatever the reason. */
    public Condition awaitStatus(String type, String status) {
        await(type + "=" + status + " of " + name)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(() -> assertThat(condition(type).map(Condition::getStatus))
                        .as(this::allConditions)
                        .contains(status));
        return condition(type).orElseThrow();
    }

    String allConditions() {
        TenantPipeline pipeline = pipeline();
        if (pipeline == null
                || pipeline.getStatus() == null
                || pipeline.getStatus().conditions() == null) {
            return "no status";
        }
        StringBuilder text = new StringBuilder();
        pipeline.getStatus().conditions().forEach(c -> text.append(c.getType())
                .append('=')
                .append(c.getStatus())
                .append(' ')
                .append(c.getReason())
                .append(": ")
                .append(c.getMessage())
                .append('\n'));
        return text.toString();
    }

    /** Waits until the target, which has the table's name, shows exactly what the table has. */
    public void awaitEqual(String table, String... keys) {
        await("source = sink, " + name + "." + table)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(differences(table, keys))
                        .as(this::allConditions)
                        .isEmpty());
    }

    /** What table and target differ in now. */
    public List<String> differences(String table, String... keys) {
        return SourceEqualsSink.differences(
                database, box.clickHouse(), "\"" + table + "\"", sink(table), List.of(keys));
    }

    /** A ClickHouse table of this client, quoted. */
    public String sink(String table) {
        return "`" + name + "`.`" + table.replace("\\", "\\\\").replace("`", "\\`") + "`";
    }

    /** Ends the pipeline and does not wait. */
    public void delete() {
        kubernetes()
                .resources(TenantPipeline.class)
                .inNamespace(name)
                .withName("main")
                .delete();
    }

    /** Ends the pipeline and waits until it is gone, so that its job no longer takes a share of the machine. */
    public void deleteAndAwait() {
        delete();
        awaitGone();
    }

    /** The events about the pipeline with this reason. */
    public List<Event> events(String reason) {
        return kubernetes().v1().events().inNamespace(name).list().getItems().stream()
                .filter(e -> reason.equals(e.getReason()))
                .toList();
    }

    public void awaitGone() {
        await("pipeline of " + name + " gone")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(
                        () -> assertThat(pipeline()).as(this::allConditions).isNull());
    }
}
