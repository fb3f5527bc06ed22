package dev.tributary.box.supervisor;

import dev.tributary.box.part.Command;
import dev.tributary.box.part.Health;
import dev.tributary.box.part.Part;
import dev.tributary.box.supervisor.PartStatus.State;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps one part running, on a thread of its own. */
final class PartGuard {

    private static final Duration UNTIL_HEALTHY = Duration.ofMillis(200);
    private static final Duration WHILE_HEALTHY = Duration.ofSeconds(2);
    private static final int TAIL_LINES = 15;

    private final Part part;
    private final LogFile log;
    private final BackOff backOff;
    private final Consumer<PartDied> deaths;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile PartStatus status;
    private volatile @Nullable RunningProcess process;

    PartGuard(Part part, LogFile log, BackOff backOff, Consumer<PartDied> deaths) {
        this.part = part;
        this.log = log;
        this.backOff = backOff;
        this.deaths = deaths;
        this.status = new PartStatus(
                part.name(), part.version(), State.WAITING, "", 0, 0, part.memoryBoundMegabytes(), Instant.now());
    }

    Part part() {
        return part;
    }

    PartStatus status() {
        return status;
    }

    /** Done once the part was healthy for the first time and is prepared. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    /**
     * Waits until it is healthy with a process that still runs.
     *
     * @throws TimeoutException with its state and why it is not healthy
     */
    void awaitHealthy(Duration atMost) throws InterruptedException, TimeoutException {
        Instant until = Instant.now().plus(atMost);
        while (!isHealthyNow()) {
            if (Instant.now().isAfter(until) || isStopping()) {
                PartStatus last = status;
                throw new TimeoutException("%s is %s after %d s %s"
                        .formatted(part.name(), last.state(), atMost.toSeconds(), last.reason()));
            }
            stopping.await(UNTIL_HEALTHY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** A process that was just killed is dead before its guard has noticed. */
    private boolean isHealthyNow() {
        RunningProcess running = process;
        PartStatus last = status;
        return last.state() == State.HEALTHY && running != null && running.isAlive() && running.pid() == last.pid();
    }

    /** The life of the part, until {@link #stop}. */
    void run() {
        int failures = 0;
        try {
            log.startAnew();
            while (!isStopping()) {
                Instant healthyFrom = superviseOnce();
                if (isStopping()) {
                    return;
                }
                boolean wasFine = healthyFrom.plus(backOff.forgottenAfter()).isBefore(Instant.now());
                failures = wasFine ? 1 : failures + 1;
                status = status.restarted().in(State.BACKING_OFF, status.reason(), 0);
                stopping.await(backOff.pause(failures).toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (IOException e) {
            status = status.in(State.STOPPED, "cannot write " + log.path() + ": " + e.getMessage(), 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One process from start to end; returns since when it was healthy, or the far future when it never was. */
    private Instant superviseOnce() throws InterruptedException {
        Instant healthyFrom = Instant.MAX.minus(backOff.forgottenAfter());
        try {
            Command command = part.command();
            RunningProcess running = new RunningProcess(Spawner.start(command, log.path()), command.ending());
            process = running;
            status = status.in(State.STARTING, "", running.pid());
            if (isStopping()) {
                // stop() may have looked before there was a process.
                running.stop();
            }
            Duration pause = UNTIL_HEALTHY;
            while (!running.endsWithin(pause) && !isStopping()) {
                switch (health()) {
                    case Health.Healthy healthy -> {
                        if (pause == UNTIL_HEALTHY) {
                            prepareOnce();
                            healthyFrom = Instant.now();
                            pause = WHILE_HEALTHY;
                        }
                        status = status.in(State.HEALTHY, "", running.pid());
                        ready.complete(null);
                    }
                    case Health.Unhealthy unhealthy -> {
                        State state = pause == UNTIL_HEALTHY ? State.STARTING : State.UNHEALTHY;
                        status = status.in(state, unhealthy.reason(), running.pid());
                    }
                }
                log.bound();
            }
            if (!isStopping()) {
                died("exit code " + running.exitCode());
            }
        } catch (IOException e) {
            abandonProcess();
            if (!isStopping()) {
                died("cannot start: " + e.getMessage());
            }
        }
        return healthyFrom;
    }

    private Health health() {
        try {
            return part.health();
        } catch (RuntimeException e) {
            return new Health.Unhealthy(String.valueOf(e.getMessage()));
        }
    }

    private void prepareOnce() throws IOException, InterruptedException {
        if (!ready.isDone()) {
            try {
                part.prepare();
            } catch (RuntimeException e) {
                throw new IOException("not prepared: " + shortened(e), e);
            }
        }
    }

    /** Messages of an API server repeat themselves at length. */
    private static String shortened(RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        return message.substring(0, Math.min(400, message.length()));
    }

    private void abandonProcess() throws InterruptedException {
        RunningProcess running = process;
        if (running != null && running.isAlive()) {
            running.stop();
        }
    }

    private void died(String how) {
        status = status.in(State.BACKING_OFF, how, 0);
        deaths.accept(new PartDied(Instant.now(), part.name(), how, log.tail(TAIL_LINES)));
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /** From now on a death is wanted. */
    void announceStop() {
        stopping.countDown();
    }

    /** Ends the part for good; returns once the process is gone. */
    void stop() throws InterruptedException {
        announceStop();
        ready.completeExceptionally(new IllegalStateException("stopped"));
        abandonProcess();
        status = status.in(State.STOPPED, "", 0);
    }

    /** SIGKILL, as a crash would: the part is started again. */
    void kill() throws InterruptedException {
        RunningProcess running = process;
        if (running != null) {
            running.kill();
        }
    }
}
