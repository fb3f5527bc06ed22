package dev.tributary.box.standin.flinkoperator;

import dev.tributary.box.flink.FlinkCluster;
import dev.tributary.box.flink.FlinkJobManager;
import dev.tributary.box.flink.FlinkTaskManager;
import dev.tributary.box.part.PartHost;
import dev.tributary.box.standin.Json;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The clusters that run now, by deployment, and the ports and folders they have. */
final class Clusters {

    private static final int FIRST_METRICS_PORT = 9249;

    private final KubernetesClient client;
    private final FlinkSettings settings;
    private final PartHost host;
    private final Map<String, RunningCluster> running = new HashMap<>();

    Clusters(KubernetesClient client, FlinkSettings settings, PartHost host) {
        this.client = client;
        this.settings = settings;
        this.host = host;
    }

    synchronized Optional<RunningCluster> find(String namespace, String name) {
        return Optional.ofNullable(running.get(key(namespace, name)));
    }

    /**
     * Starts JobManager and TaskManagers side by side.
     *
     * @throws NotDeployable when Kubernetes could not have started the pods either
     */
    synchronized RunningCluster start(String namespace, String name, FlinkDeploymentSpec spec)
            throws NotDeployable, IOException {
        Path folder = folder(namespace, name);
        ContainerContent content = new ContainerContent(client, namespace, spec);
        content.requireServiceAccount();
        Map<String, String> environment = content.environment();
        Map<String, Path> mounts = content.mount(folder.resolve("mounts"));
        Path jar = Objects.requireNonNull(settings.jobJars().get(spec.image()));
        if (!Files.isRegularFile(jar)) {
            throw new NotDeployable(
                    "ErrImagePull", "image " + spec.image() + " stands for " + jar + ", which is not there");
        }
        FlinkCluster cluster = new FlinkCluster(
                key(namespace, name),
                settings.address(),
                freePort(settings.firstRestPort()),
                freePort(settings.firstRpcPort()),
                settings.reportsMetrics() ? metricsPorts(1 + spec.taskManagers()) : List.of(),
                folder,
                settings.runtime(),
                configuration(spec),
                spec.logConfiguration(),
                environment);
        FlinkJobManager jobManager =
                new FlinkJobManager(cluster, spec.memory("jobManager").orElseThrow(), jar);
        List<FlinkTaskManager> taskManagers = new ArrayList<>();
        for (int i = 1; i <= spec.taskManagers(); i++) {
            taskManagers.add(new FlinkTaskManager(
                    cluster, spec.memory("taskManager").orElseThrow(), spec.cpu("taskManager"), i));
        }
        RunningCluster result = new RunningCluster(cluster, host, jobManager, taskManagers, mounts);
        result.start();
        running.put(key(namespace, name), result);
        writeTargets();
        return result;
    }

    /** Ends the processes of a deployment, if there are any. */
    void stop(String namespace, String name) throws InterruptedException {
        Optional<RunningCluster> cluster = find(namespace, name);
        if (cluster.isPresent()) {
            cluster.get().stop();
            synchronized (this) {
                running.remove(key(namespace, name), cluster.get());
                writeTargets();
            }
        }
    }

    /** Ends all processes. */
    void stopAll() throws InterruptedException {
        List<RunningCluster> all;
        synchronized (this) {
            all = List.copyOf(running.values());
            running.clear();
        }
        for (RunningCluster cluster : all) {
            cluster.stop();
        }
    }

    /** Removes what the stopped processes left. Checkpoints are elsewhere, and stay. */
    void forget(String namespace, String name) throws IOException {
        Path folder = folder(namespace, name);
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** What a job was started from, apart from its own checkpoints; kept beside the cluster's files. */
    Optional<String> startedFrom(String namespace, String name, String jobId) throws IOException {
        Path file = startedFromFile(namespace, name, jobId);
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    void rememberStart(String namespace, String name, String jobId, String path) throws IOException {
        Path file = startedFromFile(namespace, name, jobId);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, path);
    }

    private Path startedFromFile(String namespace, String name, String jobId) {
        return folder(namespace, name).resolve("started-from").resolve(jobId);
    }

    private Path folder(String namespace, String name) {
        return settings.folder().resolve(namespace).resolve(name);
    }

    /** Without high availability, which needs Kubernetes pods: the stand-in plays it from outside. */
    private Map<String, String> configuration(FlinkDeploymentSpec spec) {
        Map<String, String> config = new HashMap<>(spec.configuration());
        config.keySet()
                .removeIf(key -> key.startsWith("high-availability")
                        || !settings.reportsMetrics() && key.startsWith("metrics.reporter"));
        return config;
    }

    private int freePort(int first) throws IOException {
        return freePort(first, InetAddress.getByName(settings.address()));
    }

    private List<Integer> metricsPorts(int processes) throws IOException {
        List<Integer> ports = new ArrayList<>();
        int next = FIRST_METRICS_PORT;
        for (int i = 0; i < processes; i++) {
            ports.add(freePort(next, InetAddress.getByName("0.0.0.0")));
            next = ports.getLast() + 1;
        }
        return ports;
    }

    private int freePort(int first, InetAddress address) throws IOException {
        for (int port = first; port < first + 500; port++) {
            int candidate = port;
            boolean taken = running.values().stream().anyMatch(other -> other.uses(candidate));
            if (!taken && isFree(address, port)) {
                return port;
            }
        }
        throw new IOException("No free port from " + first + " up on " + address.getHostAddress());
    }

    private static boolean isFree(InetAddress address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** What a PodMonitor would tell Prometheus; in the form of its file_sd_configs. */
    private void writeTargets() {
        List<String> targets = running.values().stream()
                .flatMap(cluster -> cluster.metricsPorts().stream())
                .map(port -> settings.address() + ":" + port)
                .sorted()
                .toList();
        try {
            Path written = Files.writeString(
                    settings.folder().resolve("targets.new"),
                    Json.pretty(Json.tree(List.of(Map.of("targets", targets)))));
            Files.move(
                    written, settings.folder().resolve(FlinkSettings.METRICS_TARGETS), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }
}
