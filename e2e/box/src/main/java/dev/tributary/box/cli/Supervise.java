package dev.tributary.box.cli;

import dev.tributary.box.Box;
import dev.tributary.box.Contents;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The background process of {@code up}: holds the box until it gets SIGTERM. */
@Command(name = "supervise", hidden = true, description = "Runs the box in the foreground.")
final class Supervise implements Callable<Integer> {

    @Option(names = "--monitoring", description = "With Prometheus.")
    private boolean monitoring;

    private final UpBox up = UpBox.ofLauncher();
    private final AtomicReference<@Nullable Box> box = new AtomicReference<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (FileChannel channel = up.lockFile();
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw new Failure("a box is running here already");
            }
            BoxSnapshot.starting("starting").write(up.snapshotFile());
            Thread starter = Thread.currentThread();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(starter)));
            return run();
        } finally {
            stopped.countDown();
        }
    }

    private int run() throws IOException, InterruptedException {
        try (Box running = Box.start(
                up.checkout(),
                up.folder(),
                up.checkout().root().toString(),
                this::tell,
                monitoring ? Contents.EVERYTHING_AND_MONITORING : Contents.EVERYTHING)) {
            box.set(running);
            do {
                BoxSnapshot.of(running).write(up.snapshotFile());
            } while (!stopping.await(1, TimeUnit.SECONDS));
            return 0;
        } catch (InterruptedException e) {
            return 1;
        } catch (IOException | RuntimeException e) {
            BoxSnapshot.failed(String.valueOf(e.getMessage())).write(up.snapshotFile());
            throw e;
        } finally {
            if (stopping.getCount() == 0) {
                Files.deleteIfExists(up.snapshotFile());
            }
        }
    }

    private void tell(String line) {
        System.out.println(line);
        try {
            BoxSnapshot.starting(line).write(up.snapshotFile());
        } catch (IOException e) {
            System.err.println("cannot write " + up.snapshotFile() + ": " + e.getMessage());
        }
    }

    /** On SIGTERM, also while the box still starts: everything is stopped before the JVM goes. */
    private void end(Thread starter) {
        stopping.countDown();
        if (box.get() == null) {
            starter.interrupt();
        }
        try {
            if (!stopped.await(90, TimeUnit.SECONDS)) {
                System.err.println("not everything stopped within 90 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
