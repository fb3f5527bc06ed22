package dev.tributary.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The real kubectl, as a user would call it.
 *
 * @param plugins a folder with plugins, which kubectl looks for on the PATH
 */
public record Kubectl(Path program, Path plugins, Path kubeconfig) {

    /** What kubectl said, on both streams, and how it ended. */
    public record Result(int exitCode, String output) {}

    /** Calls kubectl with this on its standard input. */
    public Result run(String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString(), "--request-timeout=30s"));
        command.addAll(List.of(arguments));
        return run(input, command);
    }

    /** Calls {@code kubectl tributary}; kubectl takes no flag before a plugin's name. */
    public Result tributary(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString(), "tributary"));
        command.addAll(List.of(arguments));
        return run("", command);
    }

    private Result run(String input, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "KUBECONFIG", kubeconfig.toString(),
                        "PATH", plugins + ":" + System.getenv("PATH"),
                        "JAVA_HOME", System.getProperty("java.home")));
        try {
            Process process = builder.start();
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("kubectl does not end: " + output);
            }
            return new Result(process.exitValue(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
