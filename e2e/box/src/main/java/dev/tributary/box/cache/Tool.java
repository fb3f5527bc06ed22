package dev.tributary.box.cache;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A program of the machine that runs to its end: a compiler, a package manager. It is ended when this JVM ends.
 *
 * @param command the program and its arguments
 * @param folder where it runs
 * @param environment added to this process' own, which says how the user's downloads go
 * @param atMost it is killed after this time
 */
public record Tool(List<String> command, Path folder, Map<String, String> environment, Duration atMost) {

    private static final int TAIL_LINES = 20;

    /**
     * Runs it.
     *
     * @param lines gets each line it prints, at once
     * @throws IOException when it cannot be started, takes too long or fails; with the last lines it printed
     */
    public void run(Consumer<String> lines) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        Thread ending = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(ending);
        Deque<String> tail = new ArrayDeque<>();
        Thread reader = Thread.ofVirtual().start(() -> read(process, lines, tail));
        try {
            if (!process.waitFor(atMost.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException(name() + " took longer than " + atMost.toMinutes() + " minutes");
            }
            reader.join(Duration.ofSeconds(5));
            if (process.exitValue() != 0) {
                throw new IOException(name() + " failed:\n  " + String.join("\n  ", List.copyOf(tail)));
            }
        } finally {
            process.destroyForcibly();
            forget(ending);
        }
    }

    private String name() {
        return String.join(" ", command.subList(0, Math.min(3, command.size())));
    }

    private static void read(Process process, Consumer<String> lines, Deque<String> tail) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                tail.addLast(line);
                if (tail.size() > TAIL_LINES) {
                    tail.removeFirst();
                }
                lines.accept(line);
            }
        } catch (IOException ended) {
            // It was killed: whoever did that reports it.
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // Then it has run already.
        }
    }
}
