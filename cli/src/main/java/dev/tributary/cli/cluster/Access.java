package dev.tributary.cli.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options by which kubectl itself finds a cluster. */
public final class Access {

    private static final int TIMEOUT_MILLIS = 10_000;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            description = "Omitted: the context's.")
    private @Nullable String namespace;

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "Omitted: $$KUBECONFIG, or ~/.kube/config.")
    private @Nullable Path kubeconfig;

    @Option(names = "--context", paramLabel = "CONTEXT", description = "Omitted: the kubeconfig's current one.")
    private @Nullable String context;

    /** A client, to be closed. Each call has 10 s. */
    public KubernetesClient connect() {
        Config config = new ConfigBuilder(found())
                .withConnectionTimeout(TIMEOUT_MILLIS)
                .withRequestTimeout(TIMEOUT_MILLIS)
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** The namespace that is meant. */
    public String namespace(KubernetesClient client) {
        if (namespace != null) {
            return namespace;
        }
        String ofContext = client.getConfiguration().getNamespace();
        return ofContext == null ? "default" : ofContext;
    }

    private Config found() {
        if (kubeconfig != null && !Files.isReadable(kubeconfig)) {
            throw wrong("--kubeconfig: " + kubeconfig + " cannot be read");
        }
        Config config = kubeconfig == null
                ? Config.autoConfigure(context)
                : Config.fromKubeconfig(context, kubeconfig.toFile());
        if (context != null
                && (config.getCurrentContext() == null
                        || !context.equals(config.getCurrentContext().getName()))) {
            throw wrong("--context: there is no context " + context + " (kubectl config get-contexts lists them)");
        }
        return config;
    }

    private CommandLine.ParameterException wrong(String message) {
        if (command == null) {
            throw new IllegalStateException("not part of a command");
        }
        return new CommandLine.ParameterException(command.commandLine(), message);
    }
}
