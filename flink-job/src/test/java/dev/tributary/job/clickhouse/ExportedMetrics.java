package dev.tributary.job.clickhouse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.metrics.MetricRegistryConfiguration;
import org.apache.flink.runtime.metrics.MetricRegistryImpl;
import org.apache.flink.runtime.metrics.ReporterSetup;
import org.apache.flink.runtime.metrics.ReporterSetupBuilder;
import org.apache.flink.runtime.metrics.filter.DefaultReporterFilters;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;

/** Flink's own registry with its Prometheus reporter, configured as the operator does, and what it exports. */
final class ExportedMetrics implements AutoCloseable {

    private final int port = freePort();
    private final MetricRegistryImpl registry;

    /** The group that Flink gives to a sink's writer. */
    final MetricGroup writer;

    ExportedMetrics() {
        Configuration configuration = Configuration.fromMap(Map.of(
                "metrics.reporters",
                "prom",
                "metrics.reporter.prom.factory.class",
                "org.apache.flink.metrics.prometheus.PrometheusReporterFactory",
                "metrics.reporter.prom.port",
                Integer.toString(port),
                "metrics.reporter.prom.scope.variables.additional",
                "tenant:acme,pipeline:shop"));
        List<ReporterSetup> reporters = ReporterSetupBuilder.METRIC_SETUP_BUILDER.fromConfiguration(
                configuration, DefaultReporterFilters::metricsFromConfiguration, null);
        registry = new MetricRegistryImpl(
                MetricRegistryConfiguration.fromConfiguration(configuration, 1 << 20), reporters);
        writer = TaskManagerMetricGroup.createTaskManagerMetricGroup(registry, "host", ResourceID.generate())
                .addJob(new JobID(), "acme/shop")
                .addTask(ExecutionAttemptID.randomId(), "changes")
                .getOrAddOperator("clickhouse");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
    }

    /** The lines of ours, as Prometheus reads them. */
    List<String> lines() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .timeout(Duration.ofSeconds(10))
                .build();
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
        return client.send(request, BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.contains("_task_operator_"))
                .toList();
    }

    /** The value of the only series of a name with these labels, such as {@code table="orders"}. */
    double value(String name, String... labels) throws IOException, InterruptedException {
        List<String> found = lines().stream()
                .filter(line -> line.startsWith("flink_taskmanager_job_task_operator_" + name + "{"))
                .filter(line -> Arrays.stream(labels).allMatch(line::contains))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(
                    found.size() + " series " + name + " with " + String.join(",", labels) + " in " + lines());
        }
        return Double.parseDouble(found.get(0).substring(found.get(0).lastIndexOf(' ') + 1));
    }

    @Override
    public void close() throws Exception {
        registry.closeAsync().get();
    }
}
