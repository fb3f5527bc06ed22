package dev.tributary.bench.job;

import dev.tributary.job.change.Batch;
import dev.tributary.job.change.ChangeReader;
import dev.tributary.job.change.TableLayout;
import dev.tributary.job.source.RawRecord;
import dev.tributary.jobspec.JobSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Blocks as the job makes them, made before the clock runs, in turn until there are enough rows. */
final class PrebuiltBlocks {

    private static final int BLOCKS = 5;

    /**
     * One block.
     *
     * @param rows in it
     * @param bytes in ClickHouse's Native format
     */
    private record Block(int rows, byte[] bytes) {}

    private final JobSpec spec;
    private final ClickHouseHttp clickHouse;
    private final int writers;
    private final List<Block> blocks = new ArrayList<>();

    PrebuiltBlocks(JobSpec spec, ClickHouseHttp clickHouse, int writers) {
        this.spec = spec;
        this.clickHouse = clickHouse;
        this.writers = writers;
    }

    private void build() throws IOException {
        TableLayout layout = TableLayout.of(spec, spec.tables().get(0));
        ChangeReader reader = new ChangeReader(layout);
        Batch batch = new Batch(layout);
        OrderEvents events = new OrderEvents(OrdersTopic.SEED, BLOCKS * ParsingWriter.ROWS);
        for (int block = 0; block < BLOCKS; block++) {
            for (int row = 0; row < ParsingWriter.ROWS; row++) {
                reader.read(new RawRecord(0, 0, row, events.next()), batch);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(32 << 20);
            batch.writeTo(bytes);
            blocks.add(new Block(batch.liveRows(), bytes.toByteArray()));
            batch.clear();
        }
    }

    /** Inserts at least so many rows, by as many writers as the job has. */
    Measurement insert(long rows, Processes processes) throws IOException, InterruptedException, ExecutionException {
        if (blocks.isEmpty()) {
            build();
        }
        AtomicLong inserted = new AtomicLong();
        AtomicLong next = new AtomicLong();
        CpuTimes before = CpuTimes.read(processes);
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                running.add(threads.submit(() -> {
                    while (inserted.get() < rows) {
                        Block block = blocks.get((int) (next.getAndIncrement() % blocks.size()));
                        clickHouse.insert("Native", block.bytes());
                        inserted.addAndGet(block.rows());
                    }
                    return null;
                }));
            }
            for (Future<?> writer : running) {
                writer.get();
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Measurement(inserted.get(), seconds, CpuTimes.read(processes).minus(before), 0);
    }
}
