package dev.tributary.box.kafka;

import dev.tributary.box.jvm.Jvm;
import dev.tributary.box.part.Command;
import dev.tributary.box.part.Health;
import dev.tributary.box.part.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;

/** Kafka in KRaft mode: broker and controller in one process, one plain listener, no topics made by accident. */
public final class KafkaBroker implements Part {

    /** Of kafka_2.13. */
    public static final String VERSION = "4.3.1";

    private static final int PORT = 9092;
    private static final int CONTROLLER_PORT = 9093;
    private static final int HEAP_MEGABYTES = 384;

    private final String address;
    private final Path folder;
    private final List<Path> classpath;
    private final Path classData;
    private final List<String> agents;

    /**
     * @param address where it listens, and what it tells clients
     * @param folder its configuration and data
     * @param classpath Kafka's jars
     * @param classData the archive of its classes
     * @param agents options of its JVM that load some; without any its classes are archived
     */
    public KafkaBroker(String address, Path folder, List<Path> classpath, Path classData, List<String> agents) {
        this.address = address;
        this.folder = folder;
        this.classpath = List.copyOf(classpath);
        this.classData = classData;
        this.agents = List.copyOf(agents);
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public String version() {
        return VERSION;
    }

    @Override
    public int memoryBoundMegabytes() {
        return HEAP_MEGABYTES;
    }

    public String bootstrapServers() {
        return address + ":" + PORT;
    }

    @Override
    public Command command() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path properties = folder.resolve("server.properties");
        Files.write(
                properties,
                configuration().entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .toList());
        if (!Files.exists(data().resolve("meta.properties"))) {
            format(properties);
        }
        return jvm("kafka.Kafka")
                .heap(HEAP_MEGABYTES)
                .classDataOrAgents(classData, agents)
                .command(properties.toString());
    }

    @Override
    public Health health() {
        Map<String, Object> settings = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 2_000);
        try (Admin admin = Admin.create(settings)) {
            admin.describeCluster().nodes().get(3, TimeUnit.SECONDS);
            return new Health.Healthy();
        } catch (ExecutionException | TimeoutException e) {
            return new Health.Unhealthy("no answer at " + bootstrapServers());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Health.Unhealthy("interrupted");
        }
    }

    private Map<String, String> configuration() {
        Map<String, String> config = new TreeMap<>();
        config.put("process.roles", "broker,controller");
        config.put("node.id", "1");
        config.put("controller.quorum.voters", "1@" + address + ":" + CONTROLLER_PORT);
        config.put(
                "listeners", "PLAINTEXT://" + bootstrapServers() + ",CONTROLLER://" + address + ":" + CONTROLLER_PORT);
        config.put("advertised.listeners", "PLAINTEXT://" + bootstrapServers());
        config.put("controller.listener.names", "CONTROLLER");
        config.put("inter.broker.listener.name", "PLAINTEXT");
        config.put("log.dirs", data().toString());
        config.put("auto.create.topics.enable", "false");
        for (String internal : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            config.put(internal + ".num.partitions", "1");
            config.put(internal + ".replication.factor", "1");
        }
        config.put("transaction.state.log.min.isr", "1");
        config.put("share.coordinator.state.topic.min.isr", "1");
        config.put("group.initial.rebalance.delay.ms", "0");
        // The defaults are for a machine of its own.
        config.put("log.cleaner.dedupe.buffer.size", String.valueOf(4 << 20));
        config.put("num.network.threads", "2");
        config.put("num.io.threads", "4");
        config.put("background.threads", "2");
        return config;
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void format(Path properties) throws IOException, InterruptedException {
        Command command = jvm("kafka.tools.StorageTool")
                .option("-XX:TieredStopAtLevel=1")
                .command(
                        "format",
                        "--cluster-id",
                        Uuid.randomUuid().toString(),
                        "--config",
                        properties.toString(),
                        "--ignore-formatted");
        Path output = folder.resolve("format.log");
        Process process = new ProcessBuilder(command.arguments())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("Formatting Kafka's storage did not end within a minute, see " + output);
        }
        if (process.exitValue() != 0) {
            throw new IOException("Kafka's storage could not be formatted, see " + output);
        }
    }

    private Jvm jvm(String mainClass) {
        return new Jvm(mainClass, classpath, folder).simpleLogging("info");
    }
}
