package dev.tributary.box.cli;

import dev.tributary.box.cache.Progress;
import dev.tributary.box.cache.UserCache;
import dev.tributary.box.controlplane.ControlPlaneProgram;
import dev.tributary.box.layout.BoxLayout;
import dev.tributary.box.layout.Identity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** kubectl as the box's administrator. */
final class Kubectl {

    private Kubectl() {}

    /** The command {@code kubectl}; returns the exit code. */
    static int main(List<String> arguments) {
        try {
            UpBox up = UpBox.ofLauncher();
            return run(up, up.requireLayout(), arguments.toArray(String[]::new));
        } catch (IOException | InterruptedException | Failure e) {
            return Main.explain(e);
        }
    }

    /** Runs it with our standard streams; returns its exit code. */
    static int run(UpBox up, BoxLayout layout, String... arguments) throws IOException, InterruptedException {
        Path programs = new ControlPlaneProgram(UserCache.ofUser()).folder(Progress.SILENT);
        List<String> command =
                new ArrayList<>(List.of(programs.resolve("kubectl").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment()
                .putAll(Map.of(
                        "KUBECONFIG",
                        layout.kubeconfig(Identity.ADMIN).toString(),
                        // kubectl finds its plugins on the PATH.
                        "PATH",
                        up.kubectlPlugin() + ":" + System.getenv("PATH"),
                        "JAVA_HOME",
                        System.getProperty("java.home")));
        return builder.start().waitFor();
    }
}
