package dev.tributary.scenarios;

import dev.tributary.box.cache.Progress;
import dev.tributary.box.cache.UserCache;
import dev.tributary.box.go.GoProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The program helm, built once from its Go module.
 *
 * @param cache where it is kept
 */
record HelmProgram(UserCache cache) {

    private static final String VERSION = "3.21.4";

    /**
     * The folder with {@code helm}; built first if it is not there, which takes minutes.
     *
     * @throws IOException when it cannot be built; the message says what to do
     */
    Path folder(Progress progress) throws IOException, InterruptedException {
        return cache.entry("helm", VERSION, folder -> build(folder, progress), progress);
    }

    private void build(Path folder, Progress progress) throws IOException, InterruptedException {
        new GoProgram(
                        cache,
                        "helm",
                        List.of("go.mod", "go.sum"),
                        List.of("helm.sh/helm/v3/cmd/helm"),
                        List.of("-ldflags", "-s -w"))
                .build(folder, progress);
    }
}
