package dev.tributary.box.connect;

import dev.tributary.box.jvm.Jvm;
import dev.tributary.box.part.Command;
import dev.tributary.box.part.Health;
import dev.tributary.box.part.Part;
import dev.tributary.box.part.Probe;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A Kafka Connect worker, alone in its group, that keeps everything in Kafka. */
public final class ConnectWorker implements Part {

    /** Of connect-runtime. */
    public static final String VERSION = "4.3.1";

    private static final int PORT = 8083;
    private static final int HEAP_MEGABYTES = 512;

    private final Settings settings;
    private final PluginPath plugins;

    /**
     * What a worker needs to know.
     *
     * @param address where its REST API listens
     * @param bootstrapServers Kafka
     * @param folder its configuration, and links to its plugins
     * @param kubeconfig with which {@code ${secrets:namespace/name:key}} is looked up
     * @param hosts names as the worker resolves them
     * @param classpath Connect's jars
     * @param plugins the jars of each plugin, by the name of its folder
     * @param classData the archive of its classes
     * @param agents options of its JVM that load some; without any its classes are archived
     */
    public record Settings(
            String address,
            String bootstrapServers,
            Path folder,
            Path kubeconfig,
            Path hosts,
            List<Path> classpath,
            Map<String, List<Path>> plugins,
            Path classData,
            List<String> agents) {}

    public ConnectWorker(Settings settings) {
        this.settings = settings;
        this.plugins = new PluginPath(settings.folder().resolve("plugins"), settings.plugins());
    }

    @Override
    public String name() {
        return "connect";
    }

    @Override
    public String version() {
        return VERSION;
    }

    @Override
    public int memoryBoundMegabytes() {
        return HEAP_MEGABYTES;
    }

    @Override
    public Set<String> after() {
        return Set.of("kafka");
    }

    public URI url() {
        return URI.create("http://" + settings.address() + ":" + PORT);
    }

    /** The worker's settings; nothing in them is secret. */
    public Map<String, String> configuration() {
        Map<String, String> config = new TreeMap<>();
        config.put("bootstrap.servers", settings.bootstrapServers());
        config.put("group.id", "connect");
        config.put("listeners", url().toString());
        config.put("rest.advertised.host.name", settings.address());
        config.put("plugin.path", plugins.folder().toString());
        // Scanning all classes instead takes 17 s; each plugin here declares its services.
        config.put("plugin.discovery", "service_load");
        config.put("connector.client.config.override.policy", "All");
        for (String storage : List.of("config", "offset", "status")) {
            config.put(storage + ".storage.topic", "connect-" + (storage.equals("status") ? storage : storage + "s"));
            config.put(storage + ".storage.replication.factor", "1");
        }
        config.put("offset.storage.partitions", "1");
        config.put("status.storage.partitions", "1");
        config.put("offset.flush.interval.ms", "1000");
        // A worker that was killed and comes back finds its tasks at once.
        config.put("scheduled.rebalance.max.delay.ms", "0");
        config.put("key.converter", "org.apache.kafka.connect.json.JsonConverter");
        config.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        config.put("config.providers", "secrets");
        config.put("config.providers.secrets.class", "io.strimzi.kafka.KubernetesSecretConfigProvider");
        return config;
    }

    @Override
    public Command command() throws IOException {
        Files.createDirectories(settings.folder());
        plugins.write();
        Path properties = settings.folder().resolve("worker.properties");
        Files.write(
                properties,
                configuration().entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .toList());
        return new Jvm("org.apache.kafka.connect.cli.ConnectDistributed", settings.classpath(), settings.folder())
                .heap(HEAP_MEGABYTES)
                .hosts(settings.hosts())
                .classDataOrAgents(settings.classData(), settings.agents())
                .simpleLogging("info")
                .environment(Map.of("KUBECONFIG", settings.kubeconfig().toString()))
                .command(properties.toString());
    }

    @Override
    public Health health() {
        return Probe.http(url() + "/health");
    }
}
