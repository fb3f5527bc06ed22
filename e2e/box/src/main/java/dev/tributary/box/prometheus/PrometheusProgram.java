package dev.tributary.box.prometheus;

import dev.tributary.box.cache.Progress;
import dev.tributary.box.cache.UserCache;
import dev.tributary.box.go.GoProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Prometheus and promtool, built once from their Go module; without the web interface, which needs more than Go to build,
 * and without service discovery other than files.
 *
 * @param cache where they are kept
 */
public record PrometheusProgram(UserCache cache) {

    /** Its Go module calls 3.15.0 0.315.0. */
    public static final String VERSION = "3.15.0";

    private static final String COMMANDS = "github.com/prometheus/prometheus/cmd/";

    /**
     * The folder with {@code prometheus} and {@code promtool}; built first if they are not there, which takes minutes.
     *
     * @throws IOException when they cannot be built; the message says what to do
     */
    public Path folder(Progress progress) throws IOException, InterruptedException {
        return cache.entry("prometheus", VERSION, folder -> build(folder, progress), progress);
    }

    private void build(Path folder, Progress progress) throws IOException, InterruptedException {
        new GoProgram(
                        cache,
                        "prometheus",
                        List.of("go.mod", "go.sum"),
                        List.of(COMMANDS + "prometheus", COMMANDS + "promtool"),
                        List.of("-tags", "remove_all_sd", "-ldflags", "-s -w"))
                .build(folder, progress);
    }
}
