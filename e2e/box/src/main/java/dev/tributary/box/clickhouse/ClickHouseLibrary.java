package dev.tributary.box.clickhouse;

import dev.tributary.box.cache.FileTree;
import dev.tributary.box.cache.Progress;
import dev.tributary.box.cache.Tool;
import dev.tributary.box.cache.UserCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * libchdb.so: all of ClickHouse as a library, the one form in which a package registry carries it.
 *
 * @param cache where it is kept
 */
public record ClickHouseLibrary(UserCache cache) {

    /** Of the package; pinned, since {@code latest} is older and cannot open ports. */
    public static final String PACKAGE_VERSION = "26.7.3-stable.1";

    private static final String PACKAGE = "@chdb/lib-linux-x64-gnu";

    /** The library's file. */
    public Path file(Progress progress) throws IOException, InterruptedException {
        return cache.entry("clickhouse", PACKAGE_VERSION, folder -> fetch(folder, progress), progress)
                .resolve("libchdb.so");
    }

    private static void fetch(Path folder, Progress progress) throws IOException, InterruptedException {
        progress.show("fetching ClickHouse " + PACKAGE_VERSION + " from npm (178 MB)");
        List<String> npm = List.of(
                "npm",
                "install",
                "--no-save",
                "--no-package-lock",
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
                "--prefix",
                folder.toString(),
                PACKAGE + "@" + PACKAGE_VERSION);
        try {
            new Tool(npm, folder, Map.of(), Duration.ofMinutes(15)).run(line -> {});
        } catch (IOException e) {
            throw new IOException(
                    "ClickHouse comes from npm, and that failed. Install Node.js with npm if it is missing. ("
                            + e.getMessage() + ")",
                    e);
        }
        Path modules = folder.resolve("node_modules");
        Files.move(modules.resolve(PACKAGE).resolve("libchdb.so"), folder.resolve("libchdb.so"));
        FileTree.delete(modules);
    }
}
