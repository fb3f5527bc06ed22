package dev.tributary.box.flink;

import dev.tributary.box.jvm.Jvm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the processes of one Flink cluster have in common.
 *
 * @param name as its processes are called: {@code <name>/jobmanager}; unique in the box
 * @param address all processes listen here
 * @param restPort of the JobManager
 * @param rpcPort of the JobManager, where TaskManagers register
 * @param metricsPorts where Flink's Prometheus reporter listens, when the configuration has one: the JobManager's, then
 *     each TaskManager's. It listens on all addresses of the machine
 * @param folder what the processes write, nothing that must outlive the cluster
 * @param runtime the program itself
 * @param configuration Flink's settings, as the user wants them
 * @param logConfiguration log4j2's properties; empty for Flink's usual lines
 * @param environment of all processes
 */
public record FlinkCluster(
        String name,
        String address,
        int restPort,
        int rpcPort,
        List<Integer> metricsPorts,
        Path folder,
        FlinkRuntime runtime,
        Map<String, String> configuration,
        String logConfiguration,
        Map<String, String> environment) {

    private static final String LOG_CONFIGURATION = "log4j-console.properties";

    /** As in Flink's image. */
    private static final String USUAL_LOG = """
            rootLogger.level = INFO
            rootLogger.appenderRef.console.ref = ConsoleAppender
            appender.console.name = ConsoleAppender
            appender.console.type = CONSOLE
            appender.console.layout.type = PatternLayout
            appender.console.layout.pattern = %d{yyyy-MM-dd HH:mm:ss,SSS} %-5p %-60c %x - %m%n
            """;

    private static final String REPORTER_PORT = "metrics.reporter.prom.port";

    public FlinkCluster {
        metricsPorts = List.copyOf(metricsPorts);
        configuration = Map.copyOf(configuration);
        environment = Map.copyOf(environment);
    }

    /** Hides the environment: it has secrets. */
    @Override
    public String toString() {
        return "FlinkCluster " + name + " at " + restUrl();
    }

    public URI restUrl() {
        return URI.create("http://" + address + ":" + restPort);
    }

    /**
     * Writes the configuration of one process into {@code conf} below its folder.
     *
     * @param process 0 is the JobManager, others are TaskManagers
     */
    Path writeConfiguration(int process, Path folder, Map<String, String> own) throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        // Quick to notice and to come back; the user's settings win.
        all.put("heartbeat.interval", "2 s");
        all.put("heartbeat.timeout", "10 s");
        all.put("cluster.registration.error-delay", "300 ms");
        all.put("cluster.registration.refused-registration-delay", "1 s");
        all.putAll(configuration);
        all.put("jobmanager.rpc.address", address);
        all.put("jobmanager.rpc.port", String.valueOf(rpcPort));
        all.put("rest.address", address);
        all.put("rest.port", String.valueOf(restPort));
        all.put("io.tmp.dirs", folder.resolve("tmp").toString());
        // Each process has an address of its own on a cluster, and one port there.
        all.computeIfPresent(REPORTER_PORT, (key, port) -> String.valueOf(metricsPorts.get(process)));
        all.putAll(own);
        Path conf = Files.createDirectories(folder.resolve("conf"));
        Files.write(
                conf.resolve("config.yaml"),
                all.entrySet().stream()
                        .map(e -> e.getKey() + ": " + quoted(e.getValue()))
                        .toList());
        Files.writeString(conf.resolve(LOG_CONFIGURATION), logConfiguration.isEmpty() ? USUAL_LOG : logConfiguration);
        return conf;
    }

    Jvm jvm(String mainClass, Path folder, String archive) throws IOException {
        Jvm jvm = new Jvm(mainClass, runtime.classpath(), folder)
                .option("-Dlog4j.configurationFile=" + folder.resolve("conf").resolve(LOG_CONFIGURATION))
                .hosts(runtime.hosts())
                .classData(runtime.classData().resolve(archive))
                .environment(environment);
        // Kryo and the closure cleaner look into these, as Flink's own start scripts allow.
        for (String opened : List.of("lang", "lang.invoke", "math", "net", "nio", "text", "time", "util")) {
            jvm.option("--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
        }
        return jvm.option("--add-opens=java.base/java.util.concurrent=ALL-UNNAMED");
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
