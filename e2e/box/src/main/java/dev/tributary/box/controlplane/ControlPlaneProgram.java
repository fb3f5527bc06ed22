package dev.tributary.box.controlplane;

import dev.tributary.box.cache.Progress;
import dev.tributary.box.cache.Tool;
import dev.tributary.box.cache.UserCache;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * etcd, kube-apiserver, kube-controller-manager and kubectl as one program, built once from their Go modules: the name it
 * is called by chooses. Nobody publishes them as a package that every machine can fetch.
 *
 * @param cache where it is kept
 */
public record ControlPlaneProgram(UserCache cache) {

    public static final String KUBERNETES_VERSION = "1.36.3";
    public static final String ETCD_VERSION = "3.6.8";

    private static final List<String> SOURCES = List.of("main.go", "go.mod", "go.sum");
    private static final List<String> NAMES = List.of("etcd", "kube-apiserver", "kube-controller-manager", "kubectl");
    private static final Duration DOWNLOAD_AT_MOST = Duration.ofMinutes(15);
    private static final Duration BUILD_AT_MOST = Duration.ofMinutes(40);

    /**
     * The folder with the four programs; built first if they are not there, which takes minutes.
     *
     * @throws IOException when it cannot be built; the message says what to do
     */
    public Path folder(Progress progress) throws IOException, InterruptedException {
        return cache.entry("control-plane", KUBERNETES_VERSION, folder -> build(folder, progress), progress);
    }

    private void build(Path folder, Progress progress) throws IOException, InterruptedException {
        Path sources = Files.createDirectory(folder.resolve("sources"));
        for (String file : SOURCES) {
            try (InputStream in = ControlPlaneProgram.class.getResourceAsStream("/control-plane/" + file)) {
                if (in == null) {
                    throw new IOException("/control-plane/" + file + " is missing from the box's jar");
                }
                Files.copy(in, sources.resolve(file));
            }
        }
        Path go = new GoToolchain(cache).find(progress);
        Instant begin = Instant.now();
        AtomicInteger modules = new AtomicInteger();
        goTool(go, sources, DOWNLOAD_AT_MOST, "mod", "download", "-x")
                .run(line -> progress.show("fetching the control plane's Go modules: %d requests, %s"
                        .formatted(modules.incrementAndGet(), elapsed(begin))));
        List<String> packages = new ArrayList<>();
        goTool(go, sources, DOWNLOAD_AT_MOST, "list", "-deps", ".").run(packages::add);
        compile(go, folder, sources, packages.size(), progress);
        for (String name : NAMES) {
            Files.createSymbolicLink(folder.resolve(name), Path.of("control-plane"));
        }
    }

    private static void compile(Path go, Path folder, Path sources, int packages, Progress progress)
            throws IOException, InterruptedException {
        String[] version = KUBERNETES_VERSION.split("\\.");
        String names = "k8s.io/component-base/version.";
        String flags = "-s -w -X %sgitVersion=v%s -X %sgitMajor=%s -X %sgitMinor=%s"
                .formatted(names, KUBERNETES_VERSION, names, version[0], names, version[1]);
        String program = folder.resolve("control-plane").toString();
        Instant begin = Instant.now();
        AtomicInteger compiled = new AtomicInteger();
        goTool(go, sources, BUILD_AT_MOST, "build", "-v", "-trimpath", "-ldflags", flags, "-o", program, ".")
                .run(line -> progress.show("compiling the control plane (once, some minutes): %d of %d packages, %s"
                        .formatted(compiled.incrementAndGet(), packages, elapsed(begin))));
    }

    private static Tool goTool(Path go, Path sources, Duration atMost, String... arguments) {
        List<String> command = new ArrayList<>(List.of(go.toString()));
        command.addAll(List.of(arguments));
        // GOFLAGS and GOWORK of the user would change what is built.
        Map<String, String> environment =
                Map.of("GOTOOLCHAIN", "local", "CGO_ENABLED", "0", "GOFLAGS", "-mod=readonly", "GOWORK", "off");
        return new Tool(command, sources, environment, atMost);
    }

    private static String elapsed(Instant begin) {
        Duration time = Duration.between(begin, Instant.now());
        return "%d:%02d".formatted(time.toMinutes(), time.toSecondsPart());
    }
}
