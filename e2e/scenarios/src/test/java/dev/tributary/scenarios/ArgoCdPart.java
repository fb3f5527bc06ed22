package dev.tributary.scenarios;

import dev.tributary.box.part.Command;
import dev.tributary.box.part.Health;
import dev.tributary.box.part.Part;
import dev.tributary.box.part.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A process of Argo CD.
 *
 * @param folder for temporary files and what Argo CD otherwise looks for in its image
 * @param kubeconfig as its service account
 * @param port where it listens once it works
 */
record ArgoCdPart(
        ArgoCdProgram programs,
        String name,
        List<String> arguments,
        Path folder,
        Path kubeconfig,
        String address,
        int port,
        Set<String> after)
        implements Part {

    @Override
    public String version() {
        return ArgoCdProgram.VERSION;
    }

    @Override
    public int memoryBoundMegabytes() {
        return 512;
    }

    @Override
    public Command command() throws IOException {
        for (String made : List.of("tls", "ssh", "gpg/keys", "gpg/source", "tmp")) {
            Files.createDirectories(folder.resolve(made));
        }
        Path knownHosts = folder.resolve("ssh/ssh_known_hosts");
        if (!Files.exists(knownHosts)) {
            Files.createFile(knownHosts);
        }
        List<String> command = new ArrayList<>(List.of(programs.program(name)));
        command.addAll(arguments);
        return new Command(command, environment(), folder, Command.Ending.TERMINATE);
    }

    private Map<String, String> environment() {
        return Map.of(
                "KUBECONFIG", kubeconfig.toString(),
                // The cluster that it runs in is the one of its kubeconfig.
                "ARGOCD_FAKE_IN_CLUSTER", "true",
                "ARGOCD_APPLICATION_CONTROLLER_NAME", name,
                "ARGOCD_TLS_DATA_PATH", folder.resolve("tls").toString(),
                "ARGOCD_SSH_DATA_PATH", folder.resolve("ssh").toString(),
                "ARGOCD_GNUPGHOME", folder.resolve("gpg/keys").toString(),
                "ARGOCD_GPG_DATA_PATH", folder.resolve("gpg/source").toString(),
                "ARGOCD_GPG_ENABLED", "false",
                "TMPDIR", folder.resolve("tmp").toString(),
                "GOMEMLIMIT", memoryBoundMegabytes() + "MiB");
    }

    @Override
    public Health health() {
        return Probe.port(address, port);
    }
}
