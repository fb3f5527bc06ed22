package dev.tributary.box.controlplane;

import dev.tributary.box.cache.Progress;
import dev.tributary.box.cache.UserCache;
import dev.tributary.box.go.GoProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * etcd, kube-apiserver, kube-controller-manager and kubectl as one program, built once from their Go modules: the name it
 * is called by chooses.
 *
 * @param cache where it is kept
 */
public record ControlPlaneProgram(UserCache cache) {

    public static final String KUBERNETES_VERSION = "1.36.3";
    public static final String ETCD_VERSION = "3.6.8";

    private static final List<String> SOURCES = List.of("main.go", "go.mod", "go.sum");
    private static final List<String> NAMES = List.of("etcd", "kube-apiserver", "kube-controller-manager", "kubectl");

    /**
     * The folder with the four programs; built first if they are not there, which takes minutes.
     *
     * @throws IOException when it cannot be built; the message says what to do
     */
    public Path folder(Progress progress) throws IOException, InterruptedException {
        return cache.entry("control-plane", KUBERNETES_VERSION, folder -> build(folder, progress), progress);
    }

    private void build(Path folder, Progress progress) throws IOException, InterruptedException {
        String[] version = KUBERNETES_VERSION.split("\\.");
        String names = "k8s.io/component-base/version.";
        String linked = "-s -w -X %sgitVersion=v%s -X %sgitMajor=%s -X %sgitMinor=%s"
                .formatted(names, KUBERNETES_VERSION, names, version[0], names, version[1]);
        new GoProgram(cache, "control-plane", SOURCES, List.of("."), List.of("-ldflags", linked))
                .build(folder, progress);
        for (String name : NAMES) {
            // As Go names the program of a module.
            Files.createSymbolicLink(folder.resolve(name), Path.of("controlplane"));
        }
    }
}
