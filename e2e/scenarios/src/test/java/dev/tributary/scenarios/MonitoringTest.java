package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.api.v1alpha1.TenantPipelineSpec.OnBadRecord;
import dev.tributary.api.v1alpha1.TenantPipelineSpec.Processing;
import dev.tributary.box.Contents;
import dev.tributary.box.layout.Checkout;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;

/** The box's real Prometheus has what the dashboards show, and each alert fires for its cause. */
@Tag("long")
@Isolated("it has a box of its own, and stops parts of it")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MonitoringTest {

    /** The chart's rules wait ten seconds on a box; one of them looks back five minutes. */
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    private TestBox box;
    private PrometheusQueries prometheus;

    @BeforeAll
    void start() {
        box = TestBox.start(Checkout.current(), Path.of("target", "monitored-box"), Contents.EVERYTHING_AND_MONITORING);
        prometheus = new PrometheusQueries(box.layout().prometheusUrl());
    }

    @AfterAll
    void stop() throws Exception {
        box.close();
    }

    @Test
    void everyQueryOfTheDashboardsFindsData() throws Exception {
        Client client = onboarded("seen");
        List<String> queries = queries(client);

        try (SteadyWrites writes = SteadyWrites.start(client.database())) {
            for (String query : queries) {
                await().atMost(PATIENCE)
                        .untilAsserted(() ->
                                assertThat(prometheus.series(query)).as(query).isNotEmpty());
            }
        }

        assertThat(queries).hasSizeGreaterThan(25);
        client.deleteAndAwait();
        // A pipeline that is gone has no metric any more.
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        prometheus.series("tributary_pipeline_condition{tenant=\"" + client.name() + "\"}"))
                .isEmpty());
    }

    @Test
    void everyMetricOfTheOperatorAndTheJobIsDocumented() throws Exception {
        Client client = onboarded("listed");
        String page = Files.readString(Checkout.current().root().resolve("docs/metrics.md"));
        Pattern ours = Pattern.compile("tributary_.+|reconciliations_.+|events_received.*|custom_resources"
                + "|flink_taskmanager_job_task_operator_(table_.+|newestCommitMillis|eventTimeLagMillis)");

        List<String> names = Stream.of("tributary-operator", "flink")
                .flatMap(job -> prometheus.names(job).stream())
                .filter(name -> ours.matcher(name).matches())
                .map(name -> name.replaceFirst("_(bucket|count|sum)$", ""))
                .distinct()
                .toList();

        assertThat(names).hasSizeGreaterThan(12).allSatisfy(name -> assertThat(page)
                .contains("`" + name + "`"));
        client.deleteAndAwait();
    }

    @Test
    void everyLineThatFlinkLogsIsOfATenantAndAPipeline() throws Exception {
        Client client = onboarded("told");

        String deployment = client.pipeline().getStatus().effective().flinkDeployment();
        List<JsonNode> lines = new ArrayList<>();
        for (String process : List.of("jobmanager", "taskmanager")) {
            Path log = box.layout().log("flink/" + deployment + "/" + process);
            for (String line : Files.readAllLines(log)) {
                // The JVM has warnings of its own.
                if (!line.startsWith("WARNING: ")) {
                    lines.add(new ObjectMapper().readTree(line));
                }
            }
        }

        assertThat(lines).allSatisfy(line -> {
            assertThat(line.path("tenant").asText()).isEqualTo(client.name());
            assertThat(line.path("pipeline").asText()).isEqualTo("main");
        });
        assertThat(lines).anyMatch(line -> line.path("logger").asText().startsWith("dev.tributary.job."));
        client.deleteAndAwait();
    }

    @Test
    void aPipelineThatCannotReachItsDatabaseIsNotReady() {
        // Nothing listens there.
        Client client = Client.withOwnServer(box, "away", 1);

        client.apply("items");

        awaitFiring("TributaryPipelineNotReady", client);
        assertThat(prometheus.firing("TributaryPipelineStalled"))
                .noneMatch(alert -> alert.get("tenant").equals(client.name()));
        client.deleteAndAwait();
        awaitSilent("TributaryPipelineNotReady");
    }

    @Test
    void aWrongPasswordNeedsAPerson() {
        Client client = onboarded("locked");

        client.secret(Map.of("username", client.name(), "password", "wrong"));

        awaitFiring("TributaryPipelineStalled", client);
        client.secret(Map.of("username", client.name(), "password", Client.PASSWORD));
        client.awaitReady();
        awaitSilent("TributaryPipelineStalled");
        client.deleteAndAwait();
    }

    @Test
    void aConnectThatStandsStillStallsCapture() {
        Client client = onboarded("stalled");

        box.signal("connect", "STOP");

        try {
            awaitFiring("TributaryCaptureStalled", client);
        } finally {
            box.signal("connect", "CONT");
        }
        client.awaitReady();
        awaitSilent("TributaryCaptureStalled");
        client.deleteAndAwait();
    }

    @Test
    void aSlotThatIsGoneIsALoss() {
        Client client = onboarded("lost");
        String slot = client.pipeline().getStatus().effective().slot();

        box.dropSlot(slot);

        awaitFiring("TributaryDataLoss", client);
        client.deleteAndAwait();
        awaitSilent("TributaryDataLoss");
    }

    @Test
    void aRecordInQuarantineIsToldUntilItIsSettled() {
        Client client = onboarded("aside");
        client.database().run("CREATE TABLE days (id int PRIMARY KEY, day date)");
        client.apply(
                spec -> SpecChange.processing(spec, new Processing(null, null, OnBadRecord.Quarantine, null)), "days");
        client.awaitReady();

        client.database().run("INSERT INTO days VALUES (1, 'infinity')");

        awaitFiring("TributaryRecordsQuarantined", client);
        assertThat(prometheus.firing("TributaryDataLoss")).isEmpty();
        assertThat(prometheus.series("sum(flink_taskmanager_job_task_operator_table_reason_quarantined{tenant=\""
                        + client.name() + "\", table=\"days\", reason=\"ValueOutOfRange\"}) > 0"))
                .isNotEmpty();
        client.database().run("DELETE FROM days");
        awaitSilent("TributaryRecordsQuarantined");
        client.deleteAndAwait();
    }

    @Test
    void anOperatorThatStandsStillIsDown() {
        box.awaitHealthy("operator");

        box.signal("operator", "STOP");

        try {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(prometheus.firing("TributaryOperatorDown"))
                    .isNotEmpty());
        } finally {
            box.signal("operator", "CONT");
        }
        awaitSilent("TributaryOperatorDown");
    }

    @Test
    void aClaimThatSomebodyBrokeIsAnError() {
        Client client = onboarded("broken");
        ConfigMap claim = box.kubernetes()
                .configMaps()
                .inNamespace("tributary-system")
                .withName("tributary-tenant-" + client.name())
                .get();
        Map<String, String> data = new HashMap<>(claim.getData());
        data.replaceAll((key, value) -> value.startsWith("{") ? "{" : value);

        box.kubernetes()
                .resource(new ConfigMapBuilder(claim).withData(data).build())
                .update();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(prometheus.firing("TributaryReconcileErrors"))
                .anyMatch(alert -> alert.get("controller_name").equals("tenantpipeline")));
        box.kubernetes()
                .resource(new ConfigMapBuilder(box.kubernetes()
                                .configMaps()
                                .inNamespace("tributary-system")
                                .withName("tributary-tenant-" + client.name())
                                .get())
                        .withData(claim.getData())
                        .build())
                .update();
        client.deleteAndAwait();
        awaitSilent("TributaryReconcileErrors");
    }

    private Client onboarded(String kind) {
        Client client = Client.create(box, kind);
        client.database().run(SteadyWrites.TABLE, "INSERT INTO counters SELECT n, 0 FROM generate_series(1, 100) n");
        client.apply("counters");
        client.awaitReady();
        client.awaitCondition("SnapshotComplete", "True", "Streaming");
        return client;
    }

    /** As Grafana would ask them for this client's pipeline. */
    private static List<String> queries(Client client) throws Exception {
        Path folder = Checkout.current().chart().resolve("dashboards");
        try (Stream<Path> files = Files.list(folder)) {
            List<String> queries = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                JsonNode dashboard = new ObjectMapper().readTree(Files.readString(file));
                dashboard.path("panels").forEach(panel -> panel.path("targets")
                        .forEach(target -> queries.add(target.path("expr")
                                .asText()
                                .replace("$tenant", client.name())
                                .replace("$pipeline", "main")
                                .replace("$__rate_interval", "1m"))));
            }
            return queries;
        }
    }

    private void awaitFiring(String alert, Client client) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(prometheus.firing(alert))
                .anyMatch(found -> found.get("tenant").equals(client.name())));
    }

    private void awaitSilent(String alert) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(prometheus.firing(alert)).isEmpty());
    }
}
