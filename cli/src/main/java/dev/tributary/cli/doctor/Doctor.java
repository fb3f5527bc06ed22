package dev.tributary.cli.doctor;

import dev.tributary.api.v1alpha1.PipelineClass;
import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.cli.cluster.Conditions;
import dev.tributary.cli.cluster.Refused;
import dev.tributary.cli.status.State;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at all that Tributary needs in a cluster. It only reads, but for asking what the operator may. */
public final class Doctor {

    /** With a line of their own, the worst; an engine that is away may make all of a fleet sick. */
    private static final int MOST_PIPELINES = 10;

    private final KubernetesClient client;
    private final @Nullable String operatorNamespace;

    /**
     * @param operatorNamespace where the operator is; null: it is looked for everywhere
     */
    public Doctor(KubernetesClient client, @Nullable String operatorNamespace) {
        this.client = client;
        this.operatorNamespace = operatorNamespace;
    }

    /** All checks, in the order in which one builds on the other. */
    public Report examine() {
        List<Line> lines = new ArrayList<>();
        Line server = Line.of("API server " + client.getMasterUrl(), () -> {
            try {
                return new Verdict.Ok(
                        "Kubernetes " + client.getKubernetesVersion().getGitVersion());
            } catch (KubernetesClientException e) {
                return new Verdict.Wrong(
                        "does not answer: " + Refused.of(e).why(),
                        "see that the kubeconfig's context is the right one");
            }
        });
        lines.add(server);
        if (server.isWrong()) {
            return new Report(lines);
        }
        lines.addAll(new Definitions(client).lines());
        OperatorLife.Found operator = new OperatorLife(client, operatorNamespace).look();
        lines.addAll(operator.lines());
        operator.operator().ifPresent(o -> lines.add(new Rights(client, o).line()));
        lines.addAll(classes(operator));
        lines.addAll(pipelines(operator));
        return new Report(lines);
    }

    private List<Line> classes(OperatorLife.Found operator) {
        List<PipelineClass> classes;
        try {
            classes = client.resources(PipelineClass.class).list().getItems();
        } catch (KubernetesClientException e) {
            return List.of(Line.notKnown("PipelineClasses", Refused.of(e).why()));
        }
        if (classes.isEmpty()) {
            return List.of(Line.wrong(
                    "PipelineClasses",
                    "there is none, and a pipeline needs one",
                    "set pipelineClass.create and pipelineClass.spec in the chart's values: docs/install.md, step 4"));
        }
        return classes.stream()
                .flatMap(c -> new ClassChecks(client, operator, c).lines().stream())
                .toList();
    }

    private List<Line> pipelines(OperatorLife.Found operator) {
        List<TenantPipeline> pipelines;
        try {
            pipelines = client.resources(TenantPipeline.class)
                    .inAnyNamespace()
                    .list()
                    .getItems();
        } catch (KubernetesClientException e) {
            return List.of(Line.notKnown("Pipelines", Refused.of(e).why()));
        }
        if (!operator.works()) {
            return List.of(Line.notKnown(
                    "Pipelines", "the operator would know of " + pipelines.size() + ", and it does not work"));
        }
        return told(pipelines);
    }

    /** A line for each that is not well, the worst first; or one for all. */
    static List<Line> told(List<TenantPipeline> pipelines) {
        List<Line> sick = pipelines.stream()
                .sorted(Comparator.comparing(State::of))
                .flatMap(pipeline -> sick(pipeline).stream())
                .toList();
        List<Line> lines = new ArrayList<>(sick.stream().limit(MOST_PIPELINES).toList());
        if (sick.isEmpty()) {
            lines.add(Line.ok(
                    "Pipelines",
                    pipelines.size() + " of " + pipelines.size() + " are as they should be, says the operator"));
        } else if (sick.size() > MOST_PIPELINES) {
            lines.add(Line.wrong(
                    "Pipelines",
                    sick.size() - MOST_PIPELINES + " more are not as they should be",
                    "kubectl tributary status -A"));
        }
        return lines;
    }

    private static Optional<Line> sick(TenantPipeline pipeline) {
        String about = "TenantPipeline " + pipeline.getMetadata().getNamespace() + "/"
                + pipeline.getMetadata().getName();
        return switch (State.of(pipeline)) {
            case READY, PAUSED, DELETING -> Optional.empty();
            case UNKNOWN -> Optional.of(Line.notKnown(about, "the operator has not looked at it yet"));
            case DATA_LOSS, STALLED, MOVING -> {
                Optional<Condition> ready = Conditions.find(Conditions.of(pipeline), "Ready");
                yield Optional.of(Line.wrong(
                        about,
                        ready.map(Condition::getReason).orElse("not Ready") + ", says the operator",
                        ready.map(Condition::getMessage).orElse("kubectl describe it")));
            }
        };
    }
}
