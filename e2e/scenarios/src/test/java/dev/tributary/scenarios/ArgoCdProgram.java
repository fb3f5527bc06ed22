package dev.tributary.scenarios;

import dev.tributary.box.cache.Progress;
import dev.tributary.box.cache.UserCache;
import dev.tributary.box.go.GoProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Argo CD's controllers and command line, a stand-in for Redis, and kstatus as one program, built once from their Go
 * modules: the name it is called by chooses.
 *
 * @param folder with the programs, and Argo CD's custom resource definitions in {@code crds}
 */
record ArgoCdProgram(Path folder) {

    static final String VERSION = "3.2.6";

    /** As Go names the program of a module. */
    private static final String CLI = "argocd";

    private static final String MODULE = "github.com/argoproj/argo-cd/v3";
    private static final List<String> NAMES = List.of(
            "argocd-application-controller",
            "argocd-applicationset-controller",
            "argocd-repo-server",
            "redis-stand-in",
            "kstatus");

    /**
     * Builds it if it is not there, which takes minutes.
     *
     * @throws IOException when it cannot be built; the message says what to do
     */
    static ArgoCdProgram fetch(UserCache cache, Progress progress) throws IOException, InterruptedException {
        return new ArgoCdProgram(cache.entry("argo-cd", VERSION, folder -> build(cache, folder, progress), progress));
    }

    private static void build(UserCache cache, Path folder, Progress progress)
            throws IOException, InterruptedException {
        GoProgram program = new GoProgram(
                cache,
                "argo-cd",
                List.of("main.go", "go.mod", "go.sum"),
                List.of("."),
                List.of("-ldflags", "-s -w -X " + MODULE + "/common.version=" + VERSION));
        program.build(folder, progress);
        for (String name : NAMES) {
            Files.createSymbolicLink(folder.resolve(name), Path.of(CLI));
        }
        Path definitions = program.source(folder, MODULE, progress).resolve("manifests/crds");
        Files.createDirectory(folder.resolve("crds"));
        for (String kind : List.of("application", "applicationset", "appproject")) {
            Files.copy(definitions.resolve(kind + "-crd.yaml"), crd(folder, kind));
        }
    }

    /** The definition of a kind of Argo CD's: application, applicationset or appproject. */
    Path crd(String kind) {
        return crd(folder, kind);
    }

    private static Path crd(Path folder, String kind) {
        return folder.resolve("crds").resolve(kind + ".yaml");
    }

    String cli() {
        return program(CLI);
    }

    String program(String name) {
        return folder.resolve(name).toString();
    }
}
