package dev.tributary.cli;

import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.cli.cluster.Access;
import dev.tributary.cli.events.Happenings;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What happened, in the order of time. */
@Command(
        name = "events",
        description =
                "What happened to a pipeline and to its KafkaTopics, KafkaConnectors and FlinkDeployments, the oldest"
                        + " first. Without a name: to all pipelines of the namespace.",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class)
final class EventsCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "A TenantPipeline.")
    private @Nullable String name;

    @Mixin
    private Access access = new Access();

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(command).commandLine().getOut();
        try (KubernetesClient client = access.connect()) {
            String namespace = access.namespace(client);
            List<TenantPipeline> pipelines = pipelines(client, namespace);
            if (pipelines.isEmpty()) {
                out.println("There is no TenantPipeline in namespace " + namespace
                        + ". kubectl tributary status -A lists all.");
                return 1;
            }
            Happenings.of(pipelines, client).lines().forEach(out::println);
            return 0;
        }
    }

    private List<TenantPipeline> pipelines(KubernetesClient client, String namespace) {
        var there = client.resources(TenantPipeline.class).inNamespace(namespace);
        if (name == null) {
            return there.list().getItems();
        }
        TenantPipeline one = there.withName(name).get();
        return List.of(one == null ? gone(namespace, name) : one);
    }

    /** The events of a pipeline outlive it: they may say what was left at its source. */
    private static TenantPipeline gone(String namespace, String name) {
        TenantPipeline gone = new TenantPipeline();
        gone.getMetadata().setNamespace(namespace);
        gone.getMetadata().setName(name);
        return gone;
    }
}
