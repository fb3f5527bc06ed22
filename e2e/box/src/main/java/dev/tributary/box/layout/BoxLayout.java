package dev.tributary.box.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One box: its folder, its address and the ports on it. The ports are the usual ones, since the address is the box's own.
 *
 * @param folder absolute; holds all state
 * @param address a loopback address, such as {@code 127.20.3.1}
 * @param checkout where the programs come from
 */
public record BoxLayout(Path folder, String address, Checkout checkout) {

    public static final int API_SERVER_PORT = 6443;
    public static final int CONTROLLER_MANAGER_PORT = 10257;
    public static final int ETCD_PORT = 2379;
    public static final int ETCD_PEER_PORT = 2380;
    public static final int POSTGRES_PORT = 5432;
    public static final int KAFKA_PORT = 9092;
    public static final int KAFKA_CONTROLLER_PORT = 9093;
    public static final int CONNECT_PORT = 8083;
    public static final int CLICKHOUSE_PORT = 8123;
    public static final int OPERATOR_PORT = 8080;
    public static final int PROMETHEUS_PORT = 9090;
    public static final int KAFKA_METRICS_PORT = 9404;
    public static final int CONNECT_METRICS_PORT = 9405;
    /** The first FlinkDeployment's REST port; others follow. */
    public static final int FLINK_FIRST_PORT = 8181;

    /** All that must be free before a box starts. */
    public static final List<Integer> PORTS = List.of(
            API_SERVER_PORT,
            CONTROLLER_MANAGER_PORT,
            ETCD_PORT,
            ETCD_PEER_PORT,
            POSTGRES_PORT,
            KAFKA_PORT,
            KAFKA_CONTROLLER_PORT,
            CONNECT_PORT,
            CLICKHOUSE_PORT,
            OPERATOR_PORT,
            PROMETHEUS_PORT,
            KAFKA_METRICS_PORT,
            CONNECT_METRICS_PORT);

    public BoxLayout {
        folder = folder.toAbsolutePath().normalize();
    }

    /** Names of services as JVMs of the box resolve them: {@code -Djdk.net.hosts.file}. */
    public Path hostsFile() {
        return folder.resolve("hosts");
    }

    /** How a component of this identity reaches the API server. */
    public Path kubeconfig(Identity identity) {
        return folder.resolve("kubeconfig").resolve(identity.lowerCaseName() + ".yaml");
    }

    /** Certificates and keys. */
    public Path pki() {
        return folder.resolve("pki");
    }

    /** The log of a part. */
    public Path log(String part) {
        return folder.resolve("logs").resolve(part + ".log");
    }

    /** The API server's audit log, JSON lines, one line a request. */
    public Path auditLog() {
        return folder.resolve("logs/audit.jsonl");
    }

    /** Checkpoints and the like of Flink jobs; a {@code file://} URI in the class. */
    public Path flinkState() {
        return folder.resolve("flink-state");
    }

    /** What a part keeps between runs; made if it is not there. */
    public Path data(String part) throws IOException {
        return Files.createDirectories(folder.resolve("data").resolve(part));
    }

    /** Where a part may leave temporary files; made if it is not there. Emptied when the box starts. */
    public Path temporary(String part) throws IOException {
        return Files.createDirectories(folder.resolve("tmp").resolve(part));
    }

    /** Copies of what the repository's build makes and this box runs, so that a later build does not pull it away. */
    public Path programs() {
        return folder.resolve("programs");
    }

    /** The operator as Quarkus packaged it. */
    public Path operatorApplication() {
        return programs().resolve("operator");
    }

    /** The job that the stand-in for Flink's operator runs: the content of the image {@code tributary/flink-job:dev}. */
    public Path jobJar() {
        return programs().resolve("tributary-flink-job.jar");
    }

    /** The restart guard in the folder of Debezium's connector. */
    public Path connectPluginJar() {
        return programs().resolve("tributary-connect-plugin.jar");
    }

    public String apiServerUrl() {
        return "https://" + address + ":" + API_SERVER_PORT;
    }

    public String kafkaBootstrap() {
        return address + ":" + KAFKA_PORT;
    }

    public String connectUrl() {
        return "http://" + address + ":" + CONNECT_PORT;
    }

    public String clickHouseUrl() {
        return "http://" + address + ":" + CLICKHOUSE_PORT;
    }

    public String operatorUrl() {
        return "http://" + address + ":" + OPERATOR_PORT;
    }

    /** Of a box with monitoring. */
    public String prometheusUrl() {
        return "http://" + address + ":" + PROMETHEUS_PORT;
    }

    public String flinkUrl() {
        return "http://" + address + ":" + FLINK_FIRST_PORT;
    }
}
