package dev.tributary.box.go;

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
 * Programs of one Go module, built from this jar's resources {@code /<name>/}.
 *
 * @param cache where a Go toolchain is kept when the machine has none
 * @param name of the resources' folder, and in messages
 * @param sources the files there: go.mod, go.sum and what else the module has
 * @param packages each becomes a program, named like the last part of its path
 * @param flags more flags of {@code go build}: tags, what to link in
 */
public record GoProgram(UserCache cache, String name, List<String> sources, List<String> packages, List<String> flags) {

    private static final String SOURCES = "sources";
    private static final Duration DOWNLOAD_AT_MOST = Duration.ofMinutes(15);
    private static final Duration BUILD_AT_MOST = Duration.ofMinutes(40);

    /**
     * Builds them, which takes minutes.
     *
     * @param folder gets the programs
     * @throws IOException when they cannot be built; the message says what to do
     */
    public void build(Path folder, Progress progress) throws IOException, InterruptedException {
        Path module = Files.createDirectory(folder.resolve(SOURCES));
        for (String file : sources) {
            try (InputStream in = GoProgram.class.getResourceAsStream("/" + name + "/" + file)) {
                if (in == null) {
                    throw new IOException("/" + name + "/" + file + " is missing from the jar");
                }
                Files.copy(in, module.resolve(file));
            }
        }
        Path go = new GoToolchain(cache).find(progress);
        Instant begin = Instant.now();
        AtomicInteger requests = new AtomicInteger();
        tool(go, module, DOWNLOAD_AT_MOST, List.of("mod", "download", "-x"))
                .run(line -> progress.show("fetching the Go modules of %s: %d requests, %s"
                        .formatted(name, requests.incrementAndGet(), elapsed(begin))));
        compile(go, module, folder, progress);
    }

    /**
     * What a module that the programs are made of holds beside code.
     *
     * @param folder where {@link #build} has just put the programs
     * @return a folder of Go's own cache; copy what is to stay
     */
    public Path source(Path folder, String module, Progress progress) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        tool(
                        new GoToolchain(cache).find(progress),
                        folder.resolve(SOURCES),
                        DOWNLOAD_AT_MOST,
                        List.of("list", "-m", "-f", "{{.Dir}}", module))
                .run(lines::add);
        return Path.of(lines.getLast());
    }

    private void compile(Path go, Path module, Path folder, Progress progress)
            throws IOException, InterruptedException {
        List<String> list = new ArrayList<>(List.of("list", "-deps"));
        list.addAll(flags);
        list.addAll(packages);
        List<String> needed = new ArrayList<>();
        tool(go, module, DOWNLOAD_AT_MOST, list).run(needed::add);
        List<String> build = new ArrayList<>(List.of("build", "-v", "-trimpath", "-o", folder + "/"));
        build.addAll(flags);
        build.addAll(packages);
        Instant begin = Instant.now();
        AtomicInteger compiled = new AtomicInteger();
        tool(go, module, BUILD_AT_MOST, build)
                .run(line -> progress.show("compiling %s (once, some minutes): %d of %d packages, %s"
                        .formatted(name, compiled.incrementAndGet(), needed.size(), elapsed(begin))));
    }

    private static Tool tool(Path go, Path module, Duration atMost, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(go.toString()));
        command.addAll(arguments);
        // GOFLAGS and GOWORK of the user would change what is built.
        Map<String, String> environment =
                Map.of("GOTOOLCHAIN", "local", "CGO_ENABLED", "0", "GOFLAGS", "-mod=readonly", "GOWORK", "off");
        return new Tool(command, module, environment, atMost);
    }

    private static String elapsed(Instant begin) {
        Duration time = Duration.between(begin, Instant.now());
        return "%d:%02d".formatted(time.toMinutes(), time.toSecondsPart());
    }
}
