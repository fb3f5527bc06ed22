package dev.tributary.box.supervisor;

import dev.tributary.box.part.Part;
import dev.tributary.box.part.PartHost;
import dev.tributary.box.supervisor.PartStatus.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Starts parts side by side, each as soon as those it comes after are ready, starts again what dies, and stops all in
 * reverse order. The processes end when this JVM does, however it ends.
 */
public final class Supervisor implements PartHost, AutoCloseable {

    private static final int DEATHS_KEPT = 50;

    private final Map<String, PartGuard> guards = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Deque<PartDied> deaths = new ArrayDeque<>();
    private final Function<String, Path> logs;
    private final BackOff backOff;
    private volatile boolean closing;

    /**
     * @param logs where each part's log goes, by name
     */
    public Supervisor(Function<String, Path> logs, BackOff backOff) {
        this.logs = logs;
        this.backOff = backOff;
    }

    /**
     * Begins to start parts; returns at once.
     *
     * @param parts names are unique, and {@link Part#after} names only these
     */
    public void start(List<Part> parts) {
        parts.forEach(this::enroll);
        parts.forEach(part -> begin(guard(part.name())));
    }

    @Override
    public void add(Part part) {
        begin(enroll(part));
    }

    private PartGuard enroll(Part part) {
        PartGuard guard = new PartGuard(part, new LogFile(logs.apply(part.name())), backOff, this::remember);
        if (guards.putIfAbsent(part.name(), guard) != null) {
            throw new IllegalArgumentException("two parts are called " + part.name());
        }
        return guard;
    }

    private void begin(PartGuard guard) {
        CompletableFuture<?>[] needed =
                guard.part().after().stream().map(name -> guard(name).ready()).toArray(CompletableFuture[]::new);
        Thread.ofPlatform().daemon().name("guard-" + guard.part().name()).start(() -> {
            boolean allReady = CompletableFuture.allOf(needed)
                    .handle((ok, stopped) -> stopped == null)
                    .join();
            if (allReady && !closing) {
                guard.run();
            }
        });
    }

    @Override
    public void remove(String name) throws InterruptedException {
        PartGuard guard = guards.get(name);
        if (guard != null) {
            guard.stop();
            guards.remove(name);
        }
    }

    @Override
    public OptionalLong pid(String name) {
        PartGuard guard = guards.get(name);
        long pid = guard == null ? 0 : guard.status().pid();
        return pid == 0 ? OptionalLong.empty() : OptionalLong.of(pid);
    }

    /**
     * Waits until a part is healthy: for the first time, or again.
     *
     * @throws TimeoutException with the part's state and why it is not healthy
     */
    public void awaitHealthy(String part, Duration atMost) throws InterruptedException, TimeoutException {
        guard(part).awaitHealthy(atMost);
    }

    public List<PartStatus> status() {
        return all().stream().map(PartGuard::status).toList();
    }

    public PartStatus status(String part) {
        return guard(part).status();
    }

    public boolean isAllHealthy() {
        return status().stream().allMatch(s -> s.state() == State.HEALTHY);
    }

    /** Parts that died, oldest first, the last fifty. */
    public List<PartDied> deaths() {
        synchronized (deaths) {
            return List.copyOf(deaths);
        }
    }

    /** Kills a part's process with SIGKILL, as a crash would; returns once it is dead. It is started again. */
    public void kill(String part) throws InterruptedException {
        guard(part).kill();
    }

    /** Stops all parts, those that others need last. Returns once all processes are gone. */
    @Override
    public void close() {
        closing = true;
        all().forEach(PartGuard::announceStop);
        Set<String> running = new HashSet<>();
        all().forEach(guard -> running.add(guard.part().name()));
        while (!running.isEmpty()) {
            List<PartGuard> unneeded = running.stream()
                    .filter(name -> running.stream()
                            .noneMatch(other -> guard(other).part().after().contains(name)))
                    .map(this::guard)
                    .toList();
            // A cycle cannot have been started; stop it all the same.
            stopTogether(unneeded.isEmpty() ? running.stream().map(this::guard).toList() : unneeded);
            unneeded.forEach(guard -> running.remove(guard.part().name()));
            if (unneeded.isEmpty()) {
                running.clear();
            }
        }
    }

    private static void stopTogether(Collection<PartGuard> some) {
        List<Thread> stops = some.stream()
                .map(guard -> Thread.ofVirtual().start(() -> {
                    try {
                        guard.stop();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }))
                .toList();
        for (Thread stop : stops) {
            try {
                stop.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private List<PartGuard> all() {
        synchronized (guards) {
            return List.copyOf(guards.values());
        }
    }

    private void remember(PartDied death) {
        synchronized (deaths) {
            deaths.addLast(death);
            if (deaths.size() > DEATHS_KEPT) {
                deaths.removeFirst();
            }
        }
    }

    private PartGuard guard(String name) {
        PartGuard guard = guards.get(name);
        if (guard == null) {
            throw new IllegalArgumentException("there is no part called " + name + ", only " + guards.keySet());
        }
        return guard;
    }
}
