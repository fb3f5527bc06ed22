package dev.tributary.box;

import dev.tributary.box.clickhouse.ClickHouseServer;
import dev.tributary.box.connect.ConnectWorker;
import dev.tributary.box.controlplane.ApiServer;
import dev.tributary.box.controlplane.ControllerManager;
import dev.tributary.box.controlplane.Etcd;
import dev.tributary.box.furnishing.BoxFurnishing;
import dev.tributary.box.furnishing.EnginesFurnishing;
import dev.tributary.box.kafka.KafkaBroker;
import dev.tributary.box.layout.BoxLayout;
import dev.tributary.box.layout.Checkout;
import dev.tributary.box.layout.Identity;
import dev.tributary.box.layout.Passwords;
import dev.tributary.box.operator.OperatorProcess;
import dev.tributary.box.part.Part;
import dev.tributary.box.postgresql.PostgresServer;
import dev.tributary.box.prometheus.JmxExporter;
import dev.tributary.box.prometheus.PrometheusServer;
import dev.tributary.box.standin.flinkoperator.FlinkSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which parts a box has. */
public enum Contents {
    /** Kafka and ClickHouse alone: for what is measured between them. */
    KAFKA_AND_CLICKHOUSE,
    /** The control plane, PostgreSQL and ClickHouse: what starts in seconds. */
    WITHOUT_STREAMING,
    /** These and the operator, which finds Kafka and Connect without a status: nobody plays Strimzi. */
    OPERATOR_WITHOUT_STREAMING,
    /** The engines and what plays Strimzi and the Flink operator: a cluster that Tributary is still to be installed on. */
    ENGINES,
    /** The platform. */
    EVERYTHING,
    /** The platform, and Prometheus that looks at it. */
    EVERYTHING_AND_MONITORING;

    boolean streams() {
        return this == ENGINES || this == EVERYTHING || this == EVERYTHING_AND_MONITORING;
    }

    List<Part> parts(BoxLayout layout, Passwords passwords, Programs programs) throws IOException {
        if (this == KAFKA_AND_CLICKHOUSE) {
            return List.of(kafka(layout), new ClickHouseServer(layout, passwords, programs.clickHouse()));
        }
        List<Part> parts = new ArrayList<>(List.of(
                new Etcd(layout, programs.controlPlane()),
                new ApiServer(layout, programs.controlPlane(), furnishing(layout, passwords)),
                new ControllerManager(layout, programs.controlPlane()),
                new PostgresServer(layout, passwords, programs.postgres()),
                new ClickHouseServer(layout, passwords, programs.clickHouse())));
        if (streams()) {
            parts.add(kafka(layout));
            parts.add(connect(layout));
        }
        if (this != WITHOUT_STREAMING) {
            Programs.copyBuilt(layout);
        }
        if (this != WITHOUT_STREAMING && this != ENGINES) {
            parts.add(new OperatorProcess(layout));
        }
        if (this == EVERYTHING_AND_MONITORING) {
            parts.add(new PrometheusServer(
                    layout,
                    programs.prometheus().orElseThrow(),
                    layout.data("flink").resolve(FlinkSettings.METRICS_TARGETS)));
        }
        return parts;
    }

    private ApiServer.Furnishing furnishing(BoxLayout layout, Passwords passwords) {
        return this == ENGINES ? new EnginesFurnishing(layout) : new BoxFurnishing(layout, passwords);
    }

    private Part kafka(BoxLayout layout) throws IOException {
        return new KafkaBroker(
                layout.address(),
                layout.data("kafka"),
                layout.checkout().engineClasspath("kafka"),
                classData(layout, "kafka"),
                exporter(layout, "kafka.yml", BoxLayout.KAFKA_METRICS_PORT));
    }

    ConnectWorker connect(BoxLayout layout) throws IOException {
        Checkout checkout = layout.checkout();
        List<Path> debezium = new ArrayList<>(checkout.engineClasspath("debezium-postgres"));
        debezium.add(layout.connectPluginJar());
        return new ConnectWorker(new ConnectWorker.Settings(
                layout.address(),
                layout.kafkaBootstrap(),
                layout.data("connect"),
                layout.kubeconfig(Identity.CONNECT),
                layout.hostsFile(),
                checkout.engineClasspath("connect"),
                Map.of("debezium-postgres", debezium, "secrets", checkout.engineClasspath("connect-secrets")),
                classData(layout, "connect"),
                exporter(layout, "connect.yml", BoxLayout.CONNECT_METRICS_PORT)));
    }

    private List<String> exporter(BoxLayout layout, String configuration, int port) throws IOException {
        return this == EVERYTHING_AND_MONITORING
                ? List.of(new JmxExporter(layout, configuration, port).option())
                : List.of();
    }

    private static Path classData(BoxLayout layout, String part) {
        return layout.folder().resolve("class-data").resolve(part + ".jsa");
    }
}
