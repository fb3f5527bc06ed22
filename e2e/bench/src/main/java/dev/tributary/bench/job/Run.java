package dev.tributary.bench.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** The run that is being measured. There is one at a time, and all of Flink is in this process. */
final class Run {

    private static volatile Run current = new Run(0, 0, new Processes(0, 0, 0));

    private final long records;
    private final Processes processes;
    private final AtomicInteger partitionsLeft;
    private final AtomicInteger checkpoints = new AtomicInteger();
    private final CompletableFuture<Measurement> done = new CompletableFuture<>();
    private long startNanos;
    private CpuTimes startCpu = new CpuTimes(0, 0, 0, 0);
    private boolean started;

    private Run(long records, int partitions, Processes processes) {
        this.records = records;
        this.processes = processes;
        this.partitionsLeft = new AtomicInteger(partitions);
    }

    /** @param records in all partitions */
    static Run begin(long records, int partitions, Processes processes) {
        Run run = new Run(records, partitions, processes);
        current = run;
        return run;
    }

    static Run current() {
        return current;
    }

    /** The first record came; only the first call counts. */
    synchronized void start() {
        if (!started) {
            started = true;
            try {
                startCpu = CpuTimes.read(processes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            startNanos = System.nanoTime();
        }
    }

    /** A writer has done what a checkpoint asks of it. */
    void checkpoint() {
        checkpoints.incrementAndGet();
    }

    /** All records of a partition are where they belong. */
    void partitionDone() {
        if (partitionsLeft.decrementAndGet() == 0) {
            done.complete(end());
        }
    }

    private synchronized Measurement end() {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        try {
            return new Measurement(records, seconds, CpuTimes.read(processes).minus(startCpu), checkpoints.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    CompletableFuture<Measurement> done() {
        return done;
    }
}
