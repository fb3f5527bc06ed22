package dev.tributary.box;

import dev.tributary.box.connect.ConnectWorker;
import dev.tributary.box.controlplane.KubernetesAccess;
import dev.tributary.box.flink.FlinkRuntime;
import dev.tributary.box.layout.BoxLayout;
import dev.tributary.box.layout.Identity;
import dev.tributary.box.part.PartHost;
import dev.tributary.box.standin.flinkoperator.FlinkSettings;
import dev.tributary.box.standin.flinkoperator.FlinkStandIn;
import dev.tributary.box.standin.strimzi.StrimziEngines;
import dev.tributary.box.standin.strimzi.StrimziStandIn;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/**
 * What plays Strimzi and the Flink Kubernetes operator, in this process, each with an identity and rights of its own.
 */
final class StandIns {

    /** Between a JobManager and its TaskManagers. */
    private static final int FLINK_FIRST_RPC_PORT = 6123;

    private final BoxLayout layout;
    private final PartHost host;
    private final Deque<Runnable> stops = new ArrayDeque<>();

    /**
     * @param host runs the processes of Flink clusters
     */
    StandIns(BoxLayout layout, PartHost host) {
        this.layout = layout;
        this.host = host;
    }

    void start(Contents contents) throws IOException {
        ConnectWorker worker = contents.connect(layout);
        StrimziEngines engines = new StrimziEngines(
                "kafka", "events", layout.kafkaBootstrap(), "connect", worker.url(), worker.configuration());
        StrimziStandIn strimzi =
                new StrimziStandIn(KubernetesAccess.connect(layout, Identity.STRIMZI), engines, Clock.systemUTC());
        stops.push(strimzi::close);
        strimzi.start();
        FlinkStandIn flink = new FlinkStandIn(
                KubernetesAccess.connect(layout, Identity.FLINK), flink(contents), host, Clock.systemUTC());
        stops.push(flink::close);
        flink.start();
    }

    private FlinkSettings flink(Contents contents) throws IOException {
        FlinkRuntime runtime = new FlinkRuntime(
                layout.checkout().engineClasspath("flink"),
                layout.hostsFile(),
                layout.folder().resolve("class-data"));
        return new FlinkSettings(
                layout.address(),
                BoxLayout.FLINK_FIRST_PORT,
                FLINK_FIRST_RPC_PORT,
                layout.data("flink"),
                runtime,
                Map.of("tributary/flink-job:dev", layout.jobJar()),
                contents == Contents.EVERYTHING_AND_MONITORING);
    }

    void close() {
        stops.forEach(Runnable::run);
        stops.clear();
    }
}
