package dev.tributary.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.api.v1alpha1.Api;
import dev.tributary.api.v1alpha1.PipelineClass;
import dev.tributary.api.v1alpha1.PipelineClassCondition;
import dev.tributary.api.v1alpha1.PipelineClassSpec;
import dev.tributary.cli.Versions;
import dev.tributary.cli.cluster.Conditions;
import dev.tributary.cli.cluster.EngineKind;
import dev.tributary.cli.cluster.EngineObject;
import dev.tributary.cli.cluster.EngineObject.Word;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one class refers to. The desk that this runs at need not reach the engines: what counts is what their operators say in
 * their objects, and what Tributary's says in the class, who asks Kafka and ClickHouse every half minute.
 */
final class ClassChecks {

    private static final String GUARD = "dev.tributary.connect.GuardedPostgresConnector";
    private static final String DEBEZIUM = "io.debezium.connector.postgresql.PostgresConnector";

    private final KubernetesClient client;
    private final OperatorLife.Found operator;
    private final PipelineClass pipelineClass;
    private final PipelineClassSpec spec;
    private final String name;

    ClassChecks(KubernetesClient client, OperatorLife.Found operator, PipelineClass pipelineClass) {
        this.client = client;
        this.operator = operator;
        this.pipelineClass = pipelineClass;
        this.spec = pipelineClass.getSpec();
        this.name = pipelineClass.getMetadata().getName();
    }

    List<Line> lines() {
        return List.of(
                Line.of("PipelineClass " + name, this::references),
                Line.of("Namespaces of class " + name, this::namespaces),
                Line.of("Kafka " + spec.kafka().namespace() + "/" + spec.kafka().cluster(), this::kafka),
                Line.of(
                        "KafkaConnect " + spec.connect().namespace() + "/"
                                + spec.connect().cluster(),
                        this::connect),
                Line.of("Flink in namespace " + spec.flink().namespace(), this::flink),
                Line.of(
                        "ClickHouse " + spec.clickhouse().url(),
                        () -> operatorsWord(PipelineClassCondition.ClickHouseReachable)));
    }

    /** That an engine does not answer has a line of its own. */
    private Verdict references() {
        List<Condition> conditions = Conditions.of(pipelineClass);
        boolean isAboutAnEngine = conditions.stream()
                .anyMatch(c -> !c.getType().equals(PipelineClassCondition.Ready.name())
                        && c.getStatus().equals("False"));
        return isAboutAnEngine && operator.works()
                ? new Verdict.Ok("all that it names is there, says the operator")
                : operatorsWord(PipelineClassCondition.Ready);
    }

    private Verdict operatorsWord(PipelineClassCondition type) {
        Optional<Condition> said = Conditions.find(Conditions.of(pipelineClass), type.name());
        if (!operator.works()) {
            return new Verdict.NotKnown("the operator would know, and it does not work"
                    + said.map(c -> "; the last it said is: " + c.getMessage()).orElse(""));
        }
        if (said.isEmpty() || isOutdated(said.get())) {
            return new Verdict.NotKnown("the operator has not looked at the class yet");
        }
        return switch (said.get().getStatus()) {
            case "True" -> new Verdict.Ok(said.get().getMessage() + ", says the operator");
            case "False" ->
                new Verdict.Wrong(
                        said.get().getReason() + ", says the operator",
                        said.get().getMessage());
            default -> new Verdict.NotKnown("the operator " + said.get().getMessage());
        };
    }

    private boolean isOutdated(Condition said) {
        return said.getObservedGeneration() != null
                && said.getObservedGeneration() < pipelineClass.getMetadata().getGeneration();
    }

    private Verdict namespaces() {
        Map<String, String> notWatched = new HashMap<>();
        operator.operator().ifPresent(o -> {
            watched(
                    o.kafkaNamespaces(),
                    "kafkaNamespaces",
                    notWatched,
                    spec.kafka().namespace());
            watched(
                    o.kafkaNamespaces(),
                    "kafkaNamespaces",
                    notWatched,
                    spec.connect().namespace());
            watched(
                    o.flinkNamespaces(),
                    "flinkNamespaces",
                    notWatched,
                    spec.flink().namespace());
        });
        Set<String> all = new TreeSet<>(List.of(
                spec.kafka().namespace(),
                spec.connect().namespace(),
                spec.flink().namespace()));
        List<String> absent = all.stream()
                .filter(namespace -> client.namespaces().withName(namespace).get() == null)
                .toList();
        if (!absent.isEmpty()) {
            return new Verdict.Wrong(
                    "not there: " + String.join(", ", absent),
                    "kubectl create namespace " + absent.getFirst() + ", then helm upgrade, whose roles go there");
        }
        if (!notWatched.isEmpty()) {
            Map.Entry<String, String> first = notWatched.entrySet().iterator().next();
            return new Verdict.Wrong(
                    "the operator does not watch " + String.join(", ", notWatched.keySet()),
                    "add " + first.getKey() + " to engines." + first.getValue()
                            + " in the chart's values, and helm upgrade");
        }
        return new Verdict.Ok(
                String.join(", ", all) + (operator.operator().isPresent() ? ": there and watched" : ": there"));
    }

    private static void watched(Set<String> watched, String value, Map<String, String> notWatched, String namespace) {
        if (!watched.contains(namespace)) {
            notWatched.put(namespace, value);
        }
    }

    private Verdict kafka() {
        Verdict strimzis = strimzisWord(
                EngineKind.Kafka, spec.kafka().namespace(), spec.kafka().cluster(), "spec.kafka");
        if (!(strimzis instanceof Verdict.Ok)) {
            return strimzis;
        }
        return switch (operatorsWord(PipelineClassCondition.KafkaReachable)) {
            case Verdict.Ok ok -> new Verdict.Ok("Ready, says Strimzi; " + ok.says());
            case Verdict.Wrong wrong -> wrong;
            case Verdict.NotKnown n -> new Verdict.Ok("Ready, says Strimzi; " + n.why());
        };
    }

    private Verdict connect() {
        Verdict strimzis = strimzisWord(
                EngineKind.KafkaConnect,
                spec.connect().namespace(),
                spec.connect().cluster(),
                "spec.connect");
        if (!(strimzis instanceof Verdict.Ok)) {
            return strimzis;
        }
        JsonNode json = object(
                        EngineKind.KafkaConnect,
                        spec.connect().namespace(),
                        spec.connect().cluster())
                .orElseThrow()
                .json();
        Map<String, String> plugins = new HashMap<>();
        json.path("status")
                .path("connectorPlugins")
                .forEach(p ->
                        plugins.put(p.path("class").asText(), p.path("version").asText()));
        if (plugins.isEmpty()) {
            return new Verdict.Wrong(
                    "lists no plugins",
                    "annotate it with strimzi.io/use-connector-resources=true: docs/install.md, step 2");
        }
        return plugins(plugins);
    }

    private static Verdict plugins(Map<String, String> plugins) {
        Versions versions = new Versions();
        String image = ": build the KafkaConnect's image with Debezium " + versions.debezium()
                + " and tributary-connect-plugin.jar of version " + versions.tributary()
                + " in one folder: docs/install.md, step 2";
        String debezium = plugins.get(DEBEZIUM);
        String guard = plugins.get(GUARD);
        if (debezium == null) {
            return new Verdict.Wrong("has no Debezium connector for PostgreSQL", "add it" + image);
        }
        if (guard == null) {
            return new Verdict.Wrong(
                    "has Debezium " + debezium + " without Tributary's restart guard, and loses rows when it restarts",
                    "add the guard" + image);
        }
        if (!minor(debezium).equals(minor(versions.debezium()))) {
            return new Verdict.Wrong(
                    "has Debezium " + debezium + ", and the restart guard is for " + minor(versions.debezium()) + ".x",
                    "replace it" + image);
        }
        return guard.equals(versions.tributary())
                ? new Verdict.Ok(
                        "Ready, says Strimzi; it has Debezium " + debezium + " with the restart guard " + guard)
                : new Verdict.Wrong(
                        "has the restart guard " + guard + ", and not that of version " + versions.tributary(),
                        "replace it" + image);
    }

    private static String minor(String version) {
        String[] parts = version.split("\\.", 3);
        return parts.length < 2 ? version : parts[0] + "." + parts[1];
    }

    private Verdict strimzisWord(EngineKind kind, String namespace, String cluster, String field) {
        Optional<EngineObject> found = object(kind, namespace, cluster);
        if (found.isEmpty()) {
            return new Verdict.Wrong(
                    "does not exist", "create it (docs/install.md), or correct " + field + " of PipelineClass " + name);
        }
        return switch (found.get().word()) {
            case Word.Well well -> new Verdict.Ok(well.state());
            case Word.Unwell unwell ->
                new Verdict.Wrong(
                        "is not Ready, says Strimzi: " + unwell.why(),
                        "kubectl describe " + kind.name().toLowerCase(Locale.ROOT) + " " + cluster + " -n " + namespace
                                + ", and the logs of its pods");
            case Word.Nothing n ->
                new Verdict.Wrong(
                        "Strimzi has said nothing about it",
                        "see that Strimzi's cluster operator runs and watches namespace " + namespace);
        };
    }

    private Optional<EngineObject> object(EngineKind kind, String namespace, String cluster) {
        GenericKubernetesResource resource = client.genericKubernetesResources(kind.context())
                .inNamespace(namespace)
                .withName(cluster)
                .get();
        return Optional.ofNullable(resource).map(r -> EngineObject.of(kind, r));
    }

    private Verdict flink() {
        String namespace = spec.flink().namespace();
        String account = spec.flink().serviceAccount();
        if (client.serviceAccounts().inNamespace(namespace).withName(account).get() == null) {
            return new Verdict.Wrong(
                    "service account " + namespace + "/" + account + " does not exist",
                    "create it, with the rights that Flink needs, or correct spec.flink.serviceAccount of PipelineClass "
                            + name);
        }
        List<EngineObject> jobs = client
                .genericKubernetesResources(EngineKind.FlinkDeployment.context())
                .inNamespace(namespace)
                .withLabel(Api.MANAGED_BY_LABEL, Api.MANAGED_BY_TRIBUTARY)
                .list()
                .getItems()
                .stream()
                .map(job -> EngineObject.of(EngineKind.FlinkDeployment, job))
                .toList();
        return jobs(jobs);
    }

    private static Verdict jobs(List<EngineObject> jobs) {
        if (jobs.isEmpty()) {
            return new Verdict.Ok(
                    "the service account is there; no pipeline has a job yet, so nothing has tried Flink");
        }
        List<String> unwell = new ArrayList<>();
        for (EngineObject job : jobs) {
            switch (job.word()) {
                case Word.Well w -> {}
                case Word.Unwell u -> unwell.add(job + ": " + u.why());
                case Word.Nothing n -> unwell.add(job + ": its operator has said nothing about it");
            }
        }
        return unwell.isEmpty()
                ? new Verdict.Ok("the service account is there; " + jobs.size() + " of " + jobs.size()
                        + " jobs are as they should be, says the Flink operator")
                : new Verdict.Wrong(
                        unwell.size() + " of " + jobs.size() + " jobs do not run, says the Flink operator: "
                                + unwell.getFirst(),
                        "kubectl describe flinkdeployments -n "
                                + jobs.getFirst().namespace()
                                + ", the logs of the job's pods, and whether the Flink Kubernetes Operator runs");
    }
}
