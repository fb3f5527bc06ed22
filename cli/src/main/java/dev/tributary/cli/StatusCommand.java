package dev.tributary.cli;

import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.cli.cluster.Access;
import dev.tributary.cli.cluster.EngineObjects;
import dev.tributary.cli.status.Fleet;
import dev.tributary.cli.status.Retained;
import dev.tributary.cli.status.Story;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells of one pipeline, or lists them. */
@Command(
        name = "status",
        description =
                "Tells of one pipeline: where it is, what to do next, what there is. Without a name: all, the worst first.",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class)
final class StatusCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "A TenantPipeline.")
    private @Nullable String name;

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "The pipelines of all namespaces.")
    private boolean everywhere;

    @Mixin
    private Access access = new Access();

    @Spec
    private @Nullable CommandSpec command;

    private final Clock clock = Clock.systemUTC();

    @Override
    public Integer call() {
        try (KubernetesClient client = access.connect()) {
            return name == null ? fleet(client) : one(client, access.namespace(client), name);
        }
    }

    private int fleet(KubernetesClient client) {
        String namespace = access.namespace(client);
        List<TenantPipeline> pipelines = (everywhere
                        ? client.resources(TenantPipeline.class).inAnyNamespace()
                        : client.resources(TenantPipeline.class).inNamespace(namespace))
                .list()
                .getItems();
        if (pipelines.isEmpty()) {
            out().println("There is no TenantPipeline"
                    + (everywhere ? "." : " in namespace " + namespace + "; -A shows those of all namespaces."));
            return 0;
        }
        print(Fleet.table(pipelines, clock.instant()));
        return 0;
    }

    private int one(KubernetesClient client, String namespace, String wanted) {
        TenantPipeline pipeline = client.resources(TenantPipeline.class)
                .inNamespace(namespace)
                .withName(wanted)
                .get();
        if (pipeline != null) {
            print(new Story(pipeline, EngineObjects.of(pipeline, client), clock.instant()).lines());
            return 0;
        }
        Optional<Retained> retained = Retained.find(client, namespace, wanted);
        if (retained.isPresent()) {
            print(retained.get().lines(namespace, wanted));
            return 0;
        }
        out().println("There is no TenantPipeline " + namespace + "/" + wanted
                + ", and nothing is kept of one. kubectl tributary status -A lists all.");
        return 1;
    }

    private void print(List<String> lines) {
        lines.forEach(out()::println);
    }

    private PrintWriter out() {
        return Objects.requireNonNull(command).commandLine().getOut();
    }
}
