package dev.tributary.job.clickhouse;

import dev.tributary.job.JobStopped;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** At most one piece of work in flight, on a thread of its own. Used from one thread. */
final class Flight implements AutoCloseable {

    /** Work that may be interrupted. */
    interface Work {
        void run() throws InterruptedException;
    }

    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread inserter = new Thread(work, "clickhouse-inserter");
        inserter.setDaemon(true);
        return inserter;
    });
    private @Nullable Future<?> current;

    /** Whether nothing is in flight; throws what the last work threw. */
    boolean isEmpty() throws InterruptedException {
        if (current != null && current.isDone()) {
            await();
        }
        return current == null;
    }

    /** Waits until nothing is in flight; throws what the last work threw. */
    void await() throws InterruptedException {
        Future<?> waited = current;
        if (waited == null) {
            return;
        }
        try {
            waited.get();
            current = null;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof JobStopped stopped) {
                throw stopped;
            }
            throw new IllegalStateException("inserting failed", e.getCause());
        }
    }

    /** Starts work, after {@link #await()}. */
    void start(Work work) {
        Map<String, String> fields = LogFields.ofThisThread();
        current = thread.submit(() -> {
            LogFields.set(fields);
            work.run();
            return null;
        });
    }

    /** Interrupts what is in flight; does not wait for it. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
