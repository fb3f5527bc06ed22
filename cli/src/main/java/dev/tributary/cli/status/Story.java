package dev.tributary.cli.status;

import dev.tributary.api.v1alpha1.PostgresqlSource;
import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.api.v1alpha1.TenantPipelineStatus.Effective;
import dev.tributary.cli.cluster.Age;
import dev.tributary.cli.cluster.Conditions;
import dev.tributary.cli.cluster.EngineKind;
import dev.tributary.cli.cluster.EngineObject;
import dev.tributary.cli.cluster.EngineObject.Word;
import dev.tributary.cli.cluster.EngineObjects;
import dev.tributary.cli.cluster.Table;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One pipeline, as somebody on call wants to read it: what it is, where it is, what to do, what holds, what there is. */
public final class Story {

    private static final String INDENT = "  ";

    /** They sum the others up: their news is in what to do. */
    private static final Set<String> SUMMARIES = Set.of("Ready", "Stalled", "Reconciling");

    private final TenantPipeline pipeline;
    private final EngineObjects objects;
    private final Instant now;

    /**
     * @param objects what there is of the pipeline in the engines' namespaces
     * @param now what ages are counted to
     */
    public Story(TenantPipeline pipeline, EngineObjects objects, Instant now) {
        this.pipeline = pipeline;
        this.objects = objects;
        this.now = now;
    }

    /** The whole of it. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(title());
        lines.add(verdict());
        section(lines, "What to do", Advice.on(pipeline));
        section(lines, "Stages", stages());
        section(lines, "What holds", settings());
        section(lines, "What there is", inventory());
        section(lines, "When it is deleted", List.of(whenDeleted()));
        return lines;
    }

    private static void section(List<String> lines, String title, List<String> content) {
        if (!content.isEmpty()) {
            lines.add("");
            lines.add(title);
            content.forEach(line -> lines.add(INDENT + line));
        }
    }

    private String title() {
        PostgresqlSource source = pipeline.getSpec().source().postgresql();
        return "TenantPipeline " + pipeline.getMetadata().getNamespace() + "/"
                + pipeline.getMetadata().getName() + ": PostgreSQL database " + source.database() + " at "
                + source.host() + ":" + source.port() + ", for tenant "
                + pipeline.getSpec().tenant();
    }

    private String verdict() {
        List<Condition> conditions = Conditions.of(pipeline);
        String state = State.of(pipeline).shown() + " for " + Age.since(State.since(pipeline), now);
        return Conditions.find(conditions, "Ready")
                .map(c -> state + ", " + c.getReason() + ": " + c.getMessage())
                .orElse(state);
    }

    private List<String> stages() {
        Table table = new Table("CONDITION", "STATUS", "FOR", "REASON", "MESSAGE");
        List<Condition> stages = Conditions.of(pipeline).stream()
                .filter(c -> !SUMMARIES.contains(c.getType()))
                .toList();
        stages.forEach(c -> table.row(
                c.getType(), c.getStatus(), Age.since(c.getLastTransitionTime(), now), c.getReason(), c.getMessage()));
        return stages.isEmpty() ? List.of() : table.lines();
    }

    private List<String> settings() {
        Table table = new Table("SETTING", "VALUE");
        table.row("desired state", pipeline.getSpec().wantsPause() ? "Paused" : "Running");
        PostgresqlSource.Tls tls = pipeline.getSpec().source().postgresql().tls();
        table.row("TLS to the source", tls == null ? "Require" : tls.mode().name());
        Effective effective = effective();
        if (effective != null) {
            row(table, "class", effective.className());
            row(
                    table,
                    "epoch",
                    effective.epoch() == null ? null : effective.epoch().toString());
        }
        return table.lines();
    }

    private @Nullable Effective effective() {
        return pipeline.getStatus() == null ? null : pipeline.getStatus().effective();
    }

    private List<String> inventory() {
        Table table = new Table("WHERE", "WHAT", "STATE");
        Effective effective = effective();
        if (effective == null) {
            return List.of("nothing that the status names");
        }
        row(table, "source", named("replication slot", effective.slot()), "");
        row(table, "source", named("publication", effective.publication()), "");
        for (EngineObject topic : objects.of(EngineKind.KafkaTopic)) {
            String name = topic.json().path("status").path("topicName").asText();
            row(table, "Kafka", name.isEmpty() ? topic.toString() : "topic " + name + ", " + topic, state(topic));
        }
        for (EngineObject connector : objects.of(EngineKind.KafkaConnector)) {
            row(table, "Connect", connector.toString(), state(connector));
        }
        for (EngineObject deployment : objects.of(EngineKind.FlinkDeployment)) {
            row(table, "Flink", deployment.toString(), state(deployment));
        }
        row(
                table,
                "ClickHouse",
                named("database", effective.database()),
                pipeline.getStatus().tables() == null
                        ? ""
                        : pipeline.getStatus().tables() + " tables");
        List<String> lines = new ArrayList<>(table.lines());
        objects.unread().forEach(why -> lines.add("not known: " + why));
        return lines;
    }

    private static @Nullable String named(String what, @Nullable String name) {
        return name == null ? null : what + " " + name;
    }

    private static void row(Table table, String first, @Nullable String second, String... more) {
        if (second != null) {
            table.row(
                    Stream.concat(Stream.of(first, second), Arrays.stream(more)).toArray(String[]::new));
        }
    }

    private static String state(EngineObject object) {
        return switch (object.word()) {
            case Word.Well well -> well.state();
            case Word.Unwell unwell -> unwell.why();
            case Word.Nothing n -> "its operator has said nothing yet";
        };
    }

    private String whenDeleted() {
        String tables = pipeline.getSpec().source().tables().stream()
                .map(t -> t.schema() + "." + t.name())
                .collect(Collectors.joining(", "));
        return pipeline.getSpec().wantsDataDeleted()
                ? "deletionPolicy Delete: the topics and the ClickHouse tables of " + tables + " are deleted as well"
                : "deletionPolicy Retain: the topics and the ClickHouse tables of " + tables
                        + " stay, and only this namespace and name can take them back";
    }
}
