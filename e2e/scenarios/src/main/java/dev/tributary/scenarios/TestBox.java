package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.api.v1alpha1.PipelineClass;
import dev.tributary.api.v1alpha1.PipelineClassSpec;
import dev.tributary.box.Box;
import dev.tributary.box.Contents;
import dev.tributary.box.layout.BoxLayout;
import dev.tributary.box.layout.Checkout;
import dev.tributary.box.layout.Identity;
import dev.tributary.box.supervisor.PartStatus;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A box of the tests' own, and the administrator's view of its engines. */
public final class TestBox implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final Box box;
    private final KubernetesClient kubernetes;

    private TestBox(Box box) {
        this.box = box;
        this.kubernetes = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(
                        box.layout().kubeconfig(Identity.ADMIN).toFile()))
                .build();
    }

    /** Starts a box with this in it in an empty folder, and waits until all of it works. */
    public static TestBox start(Checkout checkout, Path folder, Contents contents) {
        try {
            return new TestBox(
                    Box.startAnew(checkout, folder, "test " + folder.toAbsolutePath(), System.out::println, contents));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    public String address() {
        return layout().address();
    }

    public BoxLayout layout() {
        return box.layout();
    }

    public KubernetesClient kubernetes() {
        return kubernetes;
    }

    /** A certificate of the box as PEM: ca, or that of a server. PostgreSQL's comes from ca. */
    public String certificate(String name) {
        try {
            return Files.readString(layout().pki().resolve(name + ".crt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rules by which the box's PostgreSQL lets users in; whoever changes them must reload them. */
    public Path postgresAccessRules() {
        try {
            return layout().data("postgres").resolve("state/pg_hba.conf");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A class of another name, like the box's own but for these. */
    public PipelineClass classLike(String name, String teardownTimeout, String clickHouseUrl) {
        PipelineClassSpec own = kubernetes
                .resources(PipelineClass.class)
                .withName("standard")
                .get()
                .getSpec();
        PipelineClass other = new PipelineClass();
        other.getMetadata().setName(name);
        other.setSpec(new PipelineClassSpec(
                own.kafka(),
                own.connect(),
                own.flink(),
                new PipelineClassSpec.ClickHouse(clickHouseUrl, own.clickhouse().credentials()),
                teardownTimeout,
                own.allowedNamespaces()));
        return other;
    }

    /** PostgreSQL as its superuser. */
    public Postgres postgres() {
        return new Postgres(address(), "postgres", "postgres", box.postgresPassword());
    }

    /** Of the user shop, who owns the sample client's database of that name. */
    public String shopPassword() {
        return box.shopPassword();
    }

    public ClickHouseQueries clickHouse() {
        return new ClickHouseQueries(layout().clickHouseUrl(), box.clickHouseUser(), box.clickHousePassword());
    }

    /** Where etcd, kube-apiserver, kube-controller-manager and kubectl are. */
    public Path controlPlane() {
        return box.kubectl().getParent();
    }

    /** Starts the operator of a box that began without one, once its chart is installed. */
    public void startOperator() {
        try {
            box.startOperator();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Drops a replication slot under the connector that uses it. */
    public void dropSlot(String slot) {
        // Debezium takes it again within moments.
        await().atMost(Client.PATIENCE).untilAsserted(() -> {
            postgres()
                    .run(
                            "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '"
                                    + slot + "' AND active",
                            "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '"
                                    + slot + "'");
            assertThat(postgres().value("SELECT count(*) FROM pg_replication_slots WHERE slot_name = '" + slot + "'"))
                    .isEqualTo("0");
        });
    }

    public KafkaQueries kafka() {
        return new KafkaQueries(layout().kafkaBootstrap());
    }

    /** Kills a part with SIGKILL. */
    public void kill(String part) {
        box.kill(part);
    }

    /** Has a part stand still, or go on: it keeps its connections and answers nobody. */
    public void signal(String part, String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(box.pid(part)))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Every part that runs just now, the clusters of jobs among them. */
    public List<PartStatus> parts() {
        return box.parts();
    }

    /** The process of a part; another one once it was started anew. */
    public long pid(String part) {
        return box.pid(part);
    }

    public void awaitHealthy(String part) {
        try {
            box.awaitHealthy(part);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The real kubectl, as the box's administrator. */
    public Kubectl.Result kubectl(String input, String... arguments) {
        return kubectl().run(input, arguments);
    }

    /** The same, for what has no input. */
    public Kubectl kubectl() {
        return new Kubectl(box.kubectl(), layout().checkout().kubectlPlugin(), layout().kubeconfig(Identity.ADMIN));
    }

    /** The connectors that Connect itself knows. */
    public List<String> connectors() {
        List<String> names = new ArrayList<>();
        connect("/connectors").forEach(n -> names.add(n.asText()));
        return names;
    }

    /** Ends a connector's task where it is, and starts it again, as a rebalance does. */
    public void restartTasks(String connector) {
        connect(HttpRequest.newBuilder(
                        URI.create(layout().connectUrl() + "/connectors/" + connector + "/restart?includeTasks=true"))
                .POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** Tells Connect itself to pause or resume a connector. */
    public void connector(String connector, String verb) {
        connect(HttpRequest.newBuilder(URI.create(layout().connectUrl() + "/connectors/" + connector + "/" + verb))
                .PUT(HttpRequest.BodyPublishers.noBody()));
    }

    private JsonNode connect(String path) {
        return connect(HttpRequest.newBuilder(URI.create(layout().connectUrl() + path)));
    }

    private static JsonNode connect(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    HTTP.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError("Connect does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** What the operator has asked of the API server so far. */
    public List<ApiRequest> operatorRequests() {
        return ApiRequest.read(layout().auditLog(), Identity.OPERATOR.user());
    }

    @Override
    public void close() throws IOException, InterruptedException {
        kubernetes.close();
        box.close();
    }
}
