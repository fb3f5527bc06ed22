package dev.tributary.box.cache;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A folder of the user, shared by all checkouts. An entry is filled under a lock in a temporary folder and renamed into
 * place: it is there whole or not at all, whenever somebody presses Ctrl-C.
 *
 * @param folder absolute
 */
public record UserCache(Path folder) {

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    /** File locks are per process: within this one, threads wait here. */
    private static final ReentrantLock FILLING = new ReentrantLock();

    /** {@code $XDG_CACHE_HOME/tributary}, usually {@code ~/.cache/tributary}. */
    public static UserCache ofUser() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path base = configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        return new UserCache(base.toAbsolutePath().resolve("tributary"));
    }

    /** Puts the content of an entry into an empty folder. */
    @FunctionalInterface
    public interface Filler {
        void fill(Path emptyFolder) throws IOException, InterruptedException;
    }

    /**
     * The folder of an entry, filled first if it is not there.
     *
     * @param name what it is, such as {@code clickhouse}
     * @param version another version is another entry
     * @throws IOException when it could not be filled; the message says what to do
     */
    public Path entry(String name, String version, Filler filler, Progress progress)
            throws IOException, InterruptedException {
        Path entry = folder.resolve(name + "-" + version);
        if (Files.isDirectory(entry)) {
            return entry;
        }
        Files.createDirectories(folder);
        FILLING.lockInterruptibly();
        try (FileChannel channel = lockFile(name + "-" + version);
                FileLock lock = waitFor(channel, name, progress)) {
            if (lock.isValid() && !Files.isDirectory(entry)) {
                fill(entry, filler);
            }
        } finally {
            FILLING.unlock();
        }
        return entry;
    }

    private static void fill(Path entry, Filler filler) throws IOException, InterruptedException {
        Path temporary = entry.resolveSibling("." + entry.getFileName() + ".incomplete");
        // We hold the lock, so what is there was left by somebody who was interrupted.
        FileTree.delete(temporary);
        Files.createDirectory(temporary);
        try {
            filler.fill(temporary);
            Files.move(temporary, entry, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            FileTree.delete(temporary);
        }
    }

    private FileChannel lockFile(String name) throws IOException {
        Path locks = Files.createDirectories(folder.resolve("locks"));
        return FileChannel.open(locks.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static FileLock waitFor(FileChannel channel, String name, Progress progress)
            throws IOException, InterruptedException {
        @Nullable FileLock lock = channel.tryLock();
        while (lock == null) {
            progress.show("waiting for another process that is preparing " + name);
            // Nobody counts down: this is how long we wait before we look again.
            new CountDownLatch(1).await(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS);
            lock = channel.tryLock();
        }
        return lock;
    }
}
