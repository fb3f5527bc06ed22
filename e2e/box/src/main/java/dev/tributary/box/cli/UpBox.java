package dev.tributary.box.cli;

import dev.tributary.box.layout.BoxLayout;
import dev.tributary.box.layout.Checkout;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The one box of a checkout that {@code up} starts, as other processes see it.
 *
 * @param checkout whose box
 */
record UpBox(Checkout checkout) {

    /** Given by the launcher script. */
    static UpBox ofLauncher() {
        String root = System.getProperty("tributary.root");
        return new UpBox(root == null ? Checkout.current() : new Checkout(Path.of(root)));
    }

    Path folder() {
        return checkout.state().resolve("box");
    }

    Path snapshotFile() {
        return checkout.state().resolve("box.json");
    }

    /** The folder with the plugin for kubectl; the launcher script puts it there. */
    Path kubectlPlugin() {
        return checkout.state().resolve("programs/kubectl");
    }

    /** Of the supervisor itself. */
    Path supervisorLog() {
        return checkout.state().resolve("log/supervisor.log");
    }

    /** The supervisor holds this lock as long as it lives. */
    FileChannel lockFile() throws IOException {
        Files.createDirectories(checkout.state());
        return FileChannel.open(
                checkout.state().resolve("box.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    boolean isRunning() throws IOException {
        try (FileChannel channel = lockFile();
                FileLock lock = channel.tryLock()) {
            return lock == null;
        }
    }

    /** What the supervisor says, if one lives. */
    Optional<BoxSnapshot> snapshot() throws IOException {
        return isRunning() ? BoxSnapshot.read(snapshotFile()) : Optional.empty();
    }

    /**
     * The running box.
     *
     * @throws Failure when none runs
     */
    BoxSnapshot requireRunning() throws IOException {
        return snapshot()
                .filter(s -> s.phase() == BoxSnapshot.Phase.RUNNING)
                .orElseThrow(() -> new Failure("no box is running here: ./tributary up starts it"));
    }

    /** Where things are in the running box. */
    BoxLayout requireLayout() throws IOException {
        return new BoxLayout(folder(), requireRunning().address(), checkout);
    }
}
