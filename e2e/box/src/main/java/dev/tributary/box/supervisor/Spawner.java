package dev.tributary.box.supervisor;

import dev.tributary.box.part.Command;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts all processes from one thread that lives as long as the JVM: the kernel's parent-death signal is sent when the
 * <em>thread</em> that started a child ends.
 */
final class Spawner {

    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().name("box-spawner").daemon().unstarted(task));

    private Spawner() {}

    /** Starts a command; what it prints is appended to the log. */
    static Process start(Command command, Path log) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(withParentDeathSignal(command))
                .directory(command.workingDirectory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()));
        Map<String, String> environment = builder.environment();
        String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
        String home = environment.getOrDefault("HOME", "/");
        environment.clear();
        environment.putAll(Map.of("PATH", path, "HOME", home, "LANG", "C.UTF-8"));
        environment.putAll(command.environment());
        try {
            return THREAD.submit(builder::start).get();
        } catch (ExecutionException e) {
            throw new IOException(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
        }
    }

    private static List<String> withParentDeathSignal(Command command) {
        return switch (command.ending()) {
            case STDIN_CLOSES -> command.arguments();
            case TERMINATE -> setpriv("TERM", command);
            case INTERRUPT -> setpriv("INT", command);
        };
    }

    private static List<String> setpriv(String signal, Command command) {
        List<String> line = new ArrayList<>(List.of("setpriv", "--pdeathsig", signal, "--"));
        line.addAll(command.arguments());
        return line;
    }
}
