package dev.tributary.box;

import dev.tributary.box.cache.FileTree;
import dev.tributary.box.cache.Progress;
import dev.tributary.box.cache.UserCache;
import dev.tributary.box.clickhouse.ClickHouseServer;
import dev.tributary.box.layout.AddressReservation;
import dev.tributary.box.layout.BoxLayout;
import dev.tributary.box.layout.Checkout;
import dev.tributary.box.layout.Passwords;
import dev.tributary.box.layout.ServiceNames;
import dev.tributary.box.operator.OperatorProcess;
import dev.tributary.box.pki.Pki;
import dev.tributary.box.pki.PrivateFile;
import dev.tributary.box.supervisor.BackOff;
import dev.tributary.box.supervisor.PartDied;
import dev.tributary.box.supervisor.PartStatus;
import dev.tributary.box.supervisor.PartStatus.State;
import dev.tributary.box.supervisor.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A running platform: Kubernetes' control plane, the engines, the stand-ins and the operator, on one loopback address. */
public final class Box implements AutoCloseable {

    private static final Duration STARTS_WITHIN = Duration.ofMinutes(4);
    /** What died this often while the box starts will not come up. */
    private static final int MOST_RESTARTS = 3;

    private static final long SPACE_NEEDED = 3L << 30;
    private static final Duration HEALS_WITHIN = Duration.ofMinutes(2);
    private static final Duration PORTS_FREE_WITHIN = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final BoxLayout layout;
    private final Passwords passwords;
    private final Programs programs;
    private final AddressReservation reservation;
    private final Supervisor supervisor;
    private final StandIns standIns;

    private Box(BoxLayout layout, Passwords passwords, Programs programs, AddressReservation reservation) {
        this.layout = layout;
        this.passwords = passwords;
        this.programs = programs;
        this.reservation = reservation;
        this.supervisor = new Supervisor(layout::log, BackOff.STANDARD);
        this.standIns = new StandIns(layout, supervisor);
    }

    /** As {@link #start}, in an emptied folder: for tests. */
    public static Box startAnew(
            Checkout checkout, Path folder, String name, Consumer<String> progress, Contents contents)
            throws IOException, InterruptedException {
        FileTree.delete(folder);
        return start(checkout, folder, name, progress, contents);
    }

    /**
     * Starts a box and waits until every part works. What an earlier box left in the folder is taken up.
     *
     * @param checkout built
     * @param folder holds all state
     * @param name the same name gets the same address where that is free
     * @param progress gets a line about what is being done, often
     * @param contents which parts it has
     * @throws IOException when it cannot be started; the message says what to do. Nothing is left running
     */
    public static Box start(Checkout checkout, Path folder, String name, Consumer<String> progress, Contents contents)
            throws IOException, InterruptedException {
        UserCache cache = UserCache.ofUser();
        Progress shown = onlyNews(progress);
        requireSpace(folder);
        requireSpace(cache.folder());
        Programs programs = Programs.fetch(cache, checkout, contents, shown);
        AddressReservation reservation =
                AddressReservation.reserve(cache.folder().resolve("addresses"), name);
        BoxLayout layout = new BoxLayout(folder, reservation.address(), checkout);
        Box box = new Box(layout, Passwords.of(layout), programs, reservation);
        try {
            box.begin(contents, shown);
            return box;
        } catch (IOException | InterruptedException | RuntimeException e) {
            box.close();
            throw e;
        }
    }

    private static void requireSpace(Path folder) throws IOException {
        Files.createDirectories(folder);
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < SPACE_NEEDED) {
            throw new IOException("Only %d MB are free at %s; a box needs %d MB. Make room and try again."
                    .formatted(free >> 20, folder, SPACE_NEEDED >> 20));
        }
    }

    /** The same line is told once. */
    private static Progress onlyNews(Consumer<String> progress) {
        AtomicReference<String> last = new AtomicReference<>("");
        return line -> {
            if (!line.equals(last.getAndSet(line))) {
                progress.accept(line);
            }
        };
    }

    private void begin(Contents contents, Progress progress) throws IOException, InterruptedException {
        PrivateFile.folder(layout.folder());
        progress.show("the box is at " + layout.address() + ", its state in " + layout.folder());
        awaitPorts();
        new Pki(layout).ensure();
        ServiceNames.write(layout);
        FileTree.delete(layout.folder().resolve("tmp"));
        Files.createDirectories(layout.auditLog().getParent());
        Files.createDirectories(layout.flinkState());
        supervisor.start(contents.parts(layout, passwords, programs));
        awaitAllHealthy(progress);
        if (contents.streams()) {
            standIns.start(contents);
        }
    }

    /** A box that was just killed may still be dying there. */
    private void awaitPorts() throws IOException, InterruptedException {
        Instant until = Instant.now().plus(PORTS_FREE_WITHIN);
        List<Integer> taken = reservation.taken(BoxLayout.PORTS);
        while (!taken.isEmpty()) {
            if (Instant.now().isAfter(until)) {
                int port = taken.getFirst();
                throw new IOException("Port %d is taken on %s, most likely by a program that listens on all addresses."
                                .formatted(port, layout.address())
                        + " Find it with: ss -ltnp 'sport = :%d', and stop it or let it listen on 127.0.0.1 only"
                                .formatted(port));
            }
            lookAgain();
            taken = reservation.taken(BoxLayout.PORTS);
        }
    }

    private void awaitAllHealthy(Progress progress) throws IOException, InterruptedException {
        Instant until = Instant.now().plus(STARTS_WITHIN);
        while (!supervisor.isAllHealthy()) {
            String missing = supervisor.status().stream()
                    .filter(part -> part.state() != State.HEALTHY)
                    .map(PartStatus::name)
                    .collect(Collectors.joining(", "));
            progress.show("starting " + missing);
            boolean hopeless = supervisor.status().stream().anyMatch(part -> part.restarts() > MOST_RESTARTS);
            if (hopeless || Instant.now().isAfter(until)) {
                throw new IOException(notStarted());
            }
            lookAgain();
        }
    }

    private String notStarted() {
        StringBuilder message = new StringBuilder("Not everything started:");
        for (PartStatus part : supervisor.status()) {
            if (part.state() != State.HEALTHY) {
                message.append("\n  %s: %s %s, see %s"
                        .formatted(part.name(), part.state(), part.reason(), layout.log(part.name())));
            }
        }
        for (PartDied death : supervisor.deaths()) {
            message.append("\n  %s died (%s):\n    %s"
                    .formatted(death.part(), death.how(), String.join("\n    ", death.logTail())));
        }
        return message.toString();
    }

    /** Nobody counts down: this is how long we wait before we look again. */
    private static void lookAgain() throws InterruptedException {
        new CountDownLatch(1).await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    public BoxLayout layout() {
        return layout;
    }

    /** Starts the operator of a box with {@link Contents#ENGINES}: what a kubelet does once the chart is installed. */
    public void startOperator() throws InterruptedException {
        supervisor.add(new OperatorProcess(layout));
        awaitHealthy(OperatorProcess.NAME);
    }

    /** Every part: its state, process and restarts. */
    public List<PartStatus> parts() {
        return supervisor.status();
    }

    /** Parts that died, oldest first. */
    public List<PartDied> deaths() {
        return supervisor.deaths();
    }

    /**
     * The process of a part.
     *
     * @return 0 when none runs just now
     */
    public long pid(String part) {
        return supervisor.pid(part).orElse(0);
    }

    /** Kills a part's process with SIGKILL, as a crash would; the supervisor starts it again. */
    public void kill(String part) {
        try {
            supervisor.kill(part);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The program kubectl. */
    public Path kubectl() {
        return programs.controlPlane().resolve("kubectl");
    }

    /**
     * Waits until a part works (again).
     *
     * @throws IllegalStateException when it does not within two minutes, with the reason
     */
    public void awaitHealthy(String part) throws InterruptedException {
        try {
            supervisor.awaitHealthy(part, HEALS_WITHIN);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Of the user {@code postgres}. */
    public String postgresPassword() {
        return passwords.postgres();
    }

    /** Of the user {@code shop}, who owns the sample client's database. */
    public String shopPassword() {
        return passwords.shop();
    }

    public String clickHouseUser() {
        return ClickHouseServer.ADMIN;
    }

    public String clickHousePassword() {
        return passwords.clickHouse();
    }

    /** Stops everything in order; the state stays in the folder. Returns once all processes are gone. */
    @Override
    public void close() throws IOException {
        standIns.close();
        supervisor.close();
        reservation.close();
    }
}
