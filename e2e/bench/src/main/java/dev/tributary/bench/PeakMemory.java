package dev.tributary.bench;

import dev.tributary.box.supervisor.ResidentMemory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Looks at the memory of a process each second until it is closed. */
final class PeakMemory implements AutoCloseable {

    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicLong megabytes = new AtomicLong();

    PeakMemory(long pid) {
        Thread.ofVirtual().name("memory of " + pid).start(() -> {
            try {
                do {
                    megabytes.accumulateAndGet(ResidentMemory.megabytesOf(pid), Math::max);
                } while (!closed.await(1, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** The most that was resident so far. */
    long megabytes() {
        return megabytes.get();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
