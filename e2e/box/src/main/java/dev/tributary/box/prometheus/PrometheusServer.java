package dev.tributary.box.prometheus;

import dev.tributary.box.layout.BoxLayout;
import dev.tributary.box.part.Command;
import dev.tributary.box.part.Health;
import dev.tributary.box.part.Part;
import dev.tributary.box.part.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Prometheus, which scrapes the operator, the jobs, Connect and Kafka, and judges by the chart's alerting rules. They fire
 * sooner than on a cluster: who watches a box waits for them.
 *
 * @param programs the folder of {@link PrometheusProgram}
 * @param flinkTargets the file that the stand-in for Flink's operator keeps
 */
public record PrometheusServer(BoxLayout layout, Path programs, Path flinkTargets) implements Part {

    public static final String NAME = "prometheus";

    private static final int MEMORY_MEGABYTES = 256;
    private static final String CONFIGURATION = """
            global:
              scrape_interval: 5s
              scrape_timeout: 5s
              evaluation_interval: 5s
            rule_files: [%s]
            scrape_configs:
              - job_name: tributary-operator
                metrics_path: /q/metrics
                honor_labels: true
                static_configs: [targets: ['%s']]
              - job_name: kafka
                static_configs: [targets: ['%s']]
              - job_name: connect
                honor_labels: true
                static_configs: [targets: ['%s']]
              - job_name: flink
                honor_labels: true
                file_sd_configs: [{files: [%s], refresh_interval: 5s}]
            """;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String version() {
        return PrometheusProgram.VERSION;
    }

    @Override
    public int memoryBoundMegabytes() {
        return MEMORY_MEGABYTES;
    }

    @Override
    public Command command() throws IOException {
        Path folder = layout.data(NAME);
        Path rules = folder.resolve("alerts.yaml");
        Files.writeString(
                rules,
                Files.readString(layout.checkout().chart().resolve("alerts.yaml"))
                        .replaceAll("(?m)^( +for: ).+$", "$110s"));
        Path configuration = folder.resolve("prometheus.yaml");
        Files.writeString(
                configuration,
                CONFIGURATION.formatted(
                        quoted(rules),
                        target(BoxLayout.OPERATOR_PORT),
                        target(BoxLayout.KAFKA_METRICS_PORT),
                        target(BoxLayout.CONNECT_METRICS_PORT),
                        quoted(flinkTargets)));
        return new Command(
                List.of(
                        programs.resolve("prometheus").toString(),
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + folder.resolve("state"),
                        "--storage.tsdb.retention.time=1d",
                        "--storage.tsdb.retention.size=256MB",
                        "--web.listen-address=" + target(BoxLayout.PROMETHEUS_PORT),
                        "--log.level=warn"),
                Map.of("GOMEMLIMIT", MEMORY_MEGABYTES + "MiB"),
                folder,
                Command.Ending.TERMINATE);
    }

    @Override
    public Health health() {
        return Probe.http(layout.prometheusUrl() + "/-/ready");
    }

    private String target(int port) {
        return layout.address() + ":" + port;
    }

    private static String quoted(Path file) {
        return "'" + file.toString().replace("'", "''") + "'";
    }
}
