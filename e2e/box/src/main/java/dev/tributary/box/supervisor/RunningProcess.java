package dev.tributary.box.supervisor;

import dev.tributary.box.part.Command;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process of a part, and the two ways to end it. */
final class RunningProcess {

    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private final Process process;
    private final Command.Ending ending;

    RunningProcess(Process process, Command.Ending ending) {
        this.process = process;
        this.ending = ending;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int exitCode() {
        return process.exitValue();
    }

    /** Waits for its end, at most this long. */
    boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** SIGKILL; returns once it is dead. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    /** Asks it to end in its own way; kills it, and what it left behind, when it does not within half a minute. */
    void stop() throws InterruptedException {
        List<ProcessHandle> family = process.descendants().toList();
        askToEnd();
        if (!endsWithin(PATIENCE)) {
            process.destroyForcibly();
        }
        family.forEach(ProcessHandle::destroyForcibly);
    }

    private void askToEnd() throws InterruptedException {
        switch (ending) {
            case STDIN_CLOSES -> {
                IOException failed = closeStandardInput();
                if (failed != null) {
                    process.destroy();
                }
            }
            case TERMINATE -> process.destroy();
            case INTERRUPT -> interrupt();
        }
    }

    private @Nullable IOException closeStandardInput() {
        try {
            process.getOutputStream().close();
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    /** Java cannot send SIGINT, a shell can. */
    private void interrupt() throws InterruptedException {
        try {
            new ProcessBuilder("sh", "-c", "kill -INT " + process.pid()).start().waitFor(5, TimeUnit.SECONDS);
        } catch (IOException noShell) {
            process.destroy();
        }
    }
}
