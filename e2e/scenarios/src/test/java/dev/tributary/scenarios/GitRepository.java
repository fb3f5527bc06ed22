package dev.tributary.scenarios;

import dev.tributary.box.cache.FileTree;
import dev.tributary.box.cache.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Git repository of the test's own, with one branch: main. */
record GitRepository(Path folder) {

    static GitRepository create(Path folder) {
        try {
            FileTree.delete(folder);
            GitRepository repository = new GitRepository(Files.createDirectories(folder.toAbsolutePath()));
            repository.git("init", "--quiet", "--initial-branch=main");
            return repository;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "file://" + folder;
    }

    /** Writes files, by path, and commits that. */
    void commit(Map<String, String> files) {
        files.forEach((path, text) -> {
            try {
                Path file = folder.resolve(path);
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        commit();
    }

    /** Removes a folder or a file, and commits that. */
    void remove(String path) {
        git("rm", "-r", "--quiet", path);
        commit();
    }

    /** The newest commit. */
    String head() {
        return git("rev-parse", "HEAD").getLast();
    }

    private void commit() {
        git("add", "--all");
        git("commit", "--quiet", "--message", "a change");
    }

    private List<String> git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        // Nothing of the user's own settings.
        Map<String, String> environment = Map.of(
                "GIT_CONFIG_GLOBAL", "/dev/null",
                "GIT_AUTHOR_NAME", "platform",
                "GIT_AUTHOR_EMAIL", "platform@example.com",
                "GIT_COMMITTER_NAME", "platform",
                "GIT_COMMITTER_EMAIL", "platform@example.com");
        List<String> lines = new ArrayList<>();
        try {
            new Tool(command, folder, environment, Duration.ofMinutes(1)).run(lines::add);
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
