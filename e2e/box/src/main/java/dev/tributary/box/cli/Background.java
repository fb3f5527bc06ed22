package dev.tributary.box.cli;

import dev.tributary.box.jvm.Jvm;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Starts the supervisor in the background and stops it.
 *
 * @param up whose
 */
record Background(UpBox up, Terminal terminal) {

    private static final int STOPS_WITHIN_SECONDS = 120;
    private static final long LOOK_AGAIN_MILLIS = 200;

    /**
     * Starts the box and follows it until it runs. Ctrl-C until then stops everything.
     *
     * @param options of {@link Supervise}
     */
    BoxSnapshot start(List<String> options) throws IOException, InterruptedException {
        Files.createDirectories(up.supervisorLog().getParent());
        Files.deleteIfExists(up.snapshotFile());
        Path supervisorLog = up.supervisorLog();
        List<String> command = new ArrayList<>(List.of(
                // setsid: Ctrl-C in the terminal is for us, not for it.
                "setsid",
                Jvm.java().toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Dio.netty.noUnsafe=true",
                "-Dtributary.root=" + up.checkout().root(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "supervise"));
        command.addAll(options);
        Process process = new ProcessBuilder(command)
                .directory(up.checkout().root().toFile())
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(supervisorLog.toFile())
                .start();
        Thread interrupted = new Thread(() -> stopInterrupted(process));
        Runtime.getRuntime().addShutdownHook(interrupted);
        BoxSnapshot running = follow(process);
        Runtime.getRuntime().removeShutdownHook(interrupted);
        return running;
    }

    private BoxSnapshot follow(Process process) throws IOException, InterruptedException {
        while (true) {
            Optional<BoxSnapshot> snapshot = BoxSnapshot.read(up.snapshotFile());
            if (snapshot.isPresent()) {
                BoxSnapshot now = snapshot.get();
                switch (now.phase()) {
                    case RUNNING -> {
                        return now;
                    }
                    case FAILED -> throw new Failure(now.message());
                    case STARTING -> terminal.show(now.message());
                }
            }
            if (process.waitFor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new Failure("the supervisor ended while it started the box:\n  "
                        + String.join("\n  ", tail(up.supervisorLog())) + "\nThe whole log is " + up.supervisorLog());
            }
        }
    }

    private static List<String> tail(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.subList(Math.max(0, lines.size() - 30), lines.size());
    }

    private void stopInterrupted(Process process) {
        if (!process.isAlive()) {
            return;
        }
        terminal.print("stopping");
        process.destroy();
        try {
            if (!process.waitFor(STOPS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops the supervisor and with it the box; nothing happens when none runs. Returns once its process is gone. */
    void stop() throws IOException, InterruptedException {
        if (!up.isRunning()) {
            return;
        }
        Optional<ProcessHandle> found =
                BoxSnapshot.read(up.snapshotFile()).flatMap(snapshot -> ProcessHandle.of(snapshot.pid()));
        if (found.isEmpty()) {
            throw new Failure("the box is only just starting: try again in a second");
        }
        ProcessHandle supervisor = found.get();
        supervisor.destroy();
        for (int waited = 0; supervisor.isAlive(); waited++) {
            if (waited > STOPS_WITHIN_SECONDS) {
                throw new Failure(
                        "the box did not stop within " + STOPS_WITHIN_SECONDS + " s, see " + up.supervisorLog());
            }
            terminal.show("stopping the box: " + waited + " s");
            try {
                supervisor.onExit().get(1, TimeUnit.SECONDS);
            } catch (TimeoutException stillThere) {
                // Then we tell so once more.
            } catch (ExecutionException e) {
                throw new IOException("cannot wait for the supervisor", e);
            }
        }
    }
}
