package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.box.cache.FileTree;
import dev.tributary.box.cache.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Somebody who follows a page: with the chart, the samples and what they write themselves in a folder, and a shell there.
 *
 * @param environment where the shell finds programs and the cluster
 */
record Reader(Path folder, Map<String, String> environment) {

    /** As long as the longest of the pages' own time-outs. */
    private static final Duration BLOCK_AT_MOST = Duration.ofMinutes(15);

    /** Takes the chart and the samples of a checkout to an empty folder. */
    static Reader with(Path checkout, Path folder, Map<String, String> environment) throws IOException {
        FileTree.delete(folder);
        Reader reader = new Reader(Files.createDirectories(folder.toAbsolutePath()), environment);
        reader.copy(checkout.resolve("samples"), "samples");
        reader.copy(checkout.resolve("helm-chart"), "helm-chart");
        return reader;
    }

    private void copy(Path from, String to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                if (!file.startsWith(from.resolve("target"))) {
                    Files.copy(file, folder.resolve(to).resolve(from.relativize(file)));
                }
            }
        }
    }

    /** Writes a file. */
    void write(String file, String content) throws IOException {
        Files.writeString(folder.resolve(file), content);
    }

    /** Puts something of their own into a file. */
    void edit(String file, String what, String own) throws IOException {
        String before = Files.readString(folder.resolve(file));
        assertThat(before).as(file).contains(what);
        write(file, before.replace(what, own));
    }

    /** Runs commands as they are written; fails with what they print unless each succeeds. */
    void type(String commands) throws IOException, InterruptedException {
        System.out.println("$ " + commands);
        new Tool(List.of("bash", "-euo", "pipefail", "-c", commands), folder, environment, BLOCK_AT_MOST)
                .run(System.out::println);
    }
}
