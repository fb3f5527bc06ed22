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

/** kubectl as the box's administrator. */
final class Kubectl {

    private Kubectl() {}

    /** The command {@code kubectl}; returns the exit code. */
    static int main(List<String> arguments) {
        try {
            return run(UpBox.ofLauncher().requireLayout(), arguments.toArray(String[]::new));
        } catch (IOException | InterruptedException | Failure e) {
            return Main.explain(e);
        }
    }

    /** Runs it with our standard streams; returns its exit code. */
    static int run(BoxLayout layout, String... arguments) throws IOException, InterruptedException {
        Path programs = new ControlPlaneProgram(UserCache.ofUser()).folder(Progress.SILENT);
        List<String> command =
                new ArrayList<>(List.of(programs.resolve("kubectl").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment()
                .put("KUBECONFIG", layout.kubeconfig(Identity.ADMIN).toString());
        return builder.start().waitFor();
    }
}
