package dev.tributary.box.standin;

import dev.tributary.box.cache.FileTree;
import dev.tributary.box.cache.UserCache;
import dev.tributary.box.connect.ConnectWorker;
import dev.tributary.box.controlplane.ApiServer;
import dev.tributary.box.controlplane.ControlPlaneProgram;
import dev.tributary.box.controlplane.Etcd;
import dev.tributary.box.controlplane.KubernetesAccess;
import dev.tributary.box.flink.FlinkRuntime;
import dev.tributary.box.furnishing.BoxFurnishing;
import dev.tributary.box.kafka.KafkaBroker;
import dev.tributary.box.layout.AddressReservation;
import dev.tributary.box.layout.BoxLayout;
import dev.tributary.box.layout.Checkout;
import dev.tributary.box.layout.Identity;
import dev.tributary.box.layout.Passwords;
import dev.tributary.box.layout.ServiceNames;
import dev.tributary.box.pki.Pki;
import dev.tributary.box.standin.flinkoperator.FlinkSettings;
import dev.tributary.box.standin.flinkoperator.FlinkStandIn;
import dev.tributary.box.standin.strimzi.StrimziEngines;
import dev.tributary.box.standin.strimzi.StrimziStandIn;
import dev.tributary.box.supervisor.BackOff;
import dev.tributary.box.supervisor.Supervisor;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.connect.file.FileStreamSourceConnector;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** A control plane, Kafka, Connect and both stand-ins, once for all tests that ask for them. */
public final class StandInPlatform implements AutoCloseable {

    private final AddressReservation reservation;
    private final BoxLayout layout;
    private final Supervisor supervisor;
    private final ConnectWorker connect;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private KubernetesClient admin;
    private FlinkStandIn flink;

    private StandInPlatform(Path folder) throws Exception {
        FileTree.delete(folder);
        UserCache cache = UserCache.ofUser();
        Path programs = new ControlPlaneProgram(cache).folder(System.out::println);
        Checkout checkout = Checkout.current();
        reservation = AddressReservation.reserve(cache.folder().resolve("addresses"), "stand-ins " + folder);
        layout = new BoxLayout(folder, reservation.address(), checkout);
        new Pki(layout).ensure();
        ServiceNames.write(layout);
        Files.createDirectories(layout.auditLog().getParent());
        Files.createDirectories(layout.flinkState());
        supervisor = new Supervisor(layout::log, BackOff.STANDARD);
        KafkaBroker kafka = new KafkaBroker(
                layout.address(),
                layout.data("kafka"),
                checkout.engineClasspath("kafka"),
                classData("kafka"),
                List.of());
        Path file = Path.of(FileStreamSourceConnector.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        connect = new ConnectWorker(new ConnectWorker.Settings(
                layout.address(),
                layout.kafkaBootstrap(),
                layout.data("connect"),
                layout.kubeconfig(Identity.CONNECT),
                layout.hostsFile(),
                checkout.engineClasspath("connect"),
                Map.of("secrets", checkout.engineClasspath("connect-secrets"), "file", List.of(file)),
                classData("connect"),
                List.of()));
        try {
            supervisor.start(List.of(
                    new Etcd(layout, programs),
                    new ApiServer(layout, programs, new BoxFurnishing(layout, Passwords.of(layout))),
                    kafka,
                    connect));
            open.push(reservation);
            open.push(supervisor);
            awaitHealthy();
            admin = KubernetesAccess.connect(layout, Identity.ADMIN);
            open.push(admin);
            startStrimzi();
            startFlink();
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    private void awaitHealthy() throws InterruptedException {
        for (String part : List.of(ApiServer.NAME, "connect")) {
            try {
                supervisor.awaitHealthy(part, Duration.ofSeconds(120));
            } catch (TimeoutException e) {
                throw new IllegalStateException(e.getMessage() + " " + supervisor.deaths(), e);
            }
        }
    }

    private void startStrimzi() throws Exception {
        StrimziStandIn strimzi = new StrimziStandIn(
                KubernetesAccess.connect(layout, Identity.STRIMZI),
                new StrimziEngines(
                        "kafka", "events", layout.kafkaBootstrap(), "connect", connect.url(), connect.configuration()),
                Clock.systemUTC());
        open.push(strimzi);
        strimzi.start();
    }

    private void startFlink() throws Exception {
        FlinkRuntime runtime =
                new FlinkRuntime(layout.checkout().engineClasspath("flink"), layout.hostsFile(), layout.folder());
        flink = new FlinkStandIn(
                KubernetesAccess.connect(layout, Identity.FLINK),
                new FlinkSettings(
                        layout.address(),
                        BoxLayout.FLINK_FIRST_PORT,
                        6123,
                        layout.data("flink"),
                        runtime,
                        Map.of("counting:test", CountingJob.jar(runtime.classpath(), layout.data("job"))),
                        false),
                supervisor,
                Clock.systemUTC());
        open.push(flink);
        flink.start();
    }

    /** As when the box goes down and comes up again. */
    public void restartFlinkStandIn() throws Exception {
        open.remove(flink);
        flink.close();
        startFlink();
    }

    /** May do everything. */
    public KubernetesClient admin() {
        return admin;
    }

    public BoxLayout layout() {
        return layout;
    }

    public Supervisor supervisor() {
        return supervisor;
    }

    public URI connectUrl() {
        return connect.url();
    }

    private Path classData(String name) {
        return layout.folder().resolve(name + ".jsa");
    }

    @Override
    public void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    /** Gives the platform to test classes; it starts with the first and ends after the last. */
    public static final class Extension implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == StandInPlatform.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(StandInPlatform.class, key -> start(), StandInPlatform.class);
        }

        private static StandInPlatform start() {
            try {
                return new StandInPlatform(Path.of("target", "stand-ins").toAbsolutePath());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
