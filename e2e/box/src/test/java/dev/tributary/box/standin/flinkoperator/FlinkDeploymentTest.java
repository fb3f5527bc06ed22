package dev.tributary.box.standin.flinkoperator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.box.standin.Json;
import dev.tributary.box.standin.Resources;
import dev.tributary.box.standin.StandInPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** FlinkDeployments as real processes. */
@ExtendWith(StandInPlatform.Extension.class)
class FlinkDeploymentTest {

    private static final Duration SOON = Duration.ofSeconds(90);

    private final StandInPlatform platform;
    private final Resources deployments;
    private final Path out;

    FlinkDeploymentTest(StandInPlatform platform) {
        this.platform = platform;
        this.deployments = new Resources(platform.admin(), "flink.apache.org/v1beta1", "FlinkDeployment", "flink");
        this.out = platform.layout().folder().resolve("numbers.txt");
    }

    @AfterEach
    void remove() {
        deployments.delete("counting");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(deployments.get("counting")).isNull());
    }

    @Test
    void comesBackFromItsCheckpointWhateverStops() throws Exception {
        apply("kubernetes", "running");
        awaitStable();
        awaitCheckpoint();
        assertThat(Files.readString(out)).contains(" hello\n");

        platform.supervisor().kill("flink/counting/jobmanager");
        awaitState("RECONCILING");
        awaitStable();
        awaitMore();
        platform.supervisor().kill("flink/counting/taskmanager");
        awaitMore();
        platform.restartFlinkStandIn();
        awaitStable();
        awaitMore();
        apply("kubernetes", "suspended");
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(status().path("lifecycleState").asText()).isEqualTo("SUSPENDED");
            assertThat(status().path("jobManagerDeploymentStatus").asText()).isEqualTo("MISSING");
            assertThat(platform.supervisor().pid("flink/counting/jobmanager")).isEmpty();
        });
        apply("kubernetes", "running");
        awaitStable();
        awaitMore();

        // It went back a little each time, and never to the beginning.
        assertThat(numbers().stream().filter(number -> number == 0)).hasSize(1);
    }

    @Test
    void lastStateIsRefusedWithoutHighAvailability() {
        apply("NONE", "running");

        await().atMost(SOON).untilAsserted(() -> {
            JsonNode error = Json.parse(status().path("error").asText("{}"));
            assertThat(error.path("message").asText())
                    .isEqualTo("Job could not be upgraded with last-state while HA disabled");
            assertThat(status().path("lifecycleState").asText()).isEqualTo("FAILED");
            assertThat(status().path("jobManagerDeploymentStatus").asText()).isEqualTo("MISSING");
        });
    }

    private void apply(String highAvailability, String state) {
        Path state1 = platform.layout().flinkState();
        Resources.apply(platform.admin(), """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: counting, namespace: flink}
                data: {out.txt: "%5$s"}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: greeting, namespace: flink}
                stringData: {greeting: hello}
                ---
                apiVersion: flink.apache.org/v1beta1
                kind: FlinkDeployment
                metadata: {name: counting, namespace: flink}
                spec:
                  image: counting:test
                  flinkVersion: v2_2
                  serviceAccount: flink
                  flinkConfiguration:
                    execution.checkpointing.interval: "500"
                    execution.checkpointing.dir: "%1$s"
                    execution.checkpointing.savepoint-dir: "%2$s"
                    execution.checkpointing.externalized-checkpoint-retention: RETAIN_ON_CANCELLATION
                    high-availability.type: "%3$s"
                    high-availability.storageDir: "%2$s"
                    restart-strategy.type: exponential-delay
                    restart-strategy.exponential-delay.initial-backoff: 200 ms
                  podTemplate:
                    spec:
                      containers:
                        - name: flink-main-container
                          env: [{name: GREETING, valueFrom: {secretKeyRef: {name: greeting, key: greeting}}}]
                          volumeMounts: [{name: spec, mountPath: /opt/counting}]
                      volumes: [{name: spec, configMap: {name: counting}}]
                  jobManager: {resource: {cpu: 0.5, memory: 640m}, replicas: 1}
                  taskManager: {resource: {cpu: 1.0, memory: 768m}}
                  job:
                    jarURI: local:///opt/flink/usrlib/counting.jar
                    entryClass: Counting
                    args: ["/opt/counting/out.txt"]
                    parallelism: 1
                    upgradeMode: last-state
                    state: %4$s
                """.formatted(
                        state1.resolve("checkpoints").toUri(),
                        state1.resolve("savepoints").toUri(),
                        highAvailability,
                        state,
                        out));
    }

    private JsonNode status() {
        return deployments.status("counting");
    }

    private void awaitState(String state) {
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        status().path("jobStatus").path("state").asText())
                .isEqualTo(state));
    }

    private void awaitStable() {
        awaitState("RUNNING");
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(status().path("lifecycleState").asText()).isEqualTo("STABLE");
            assertThat(status().path("observedGeneration").asLong())
                    .isEqualTo(deployments.get("counting").getMetadata().getGeneration());
        });
    }

    private void awaitCheckpoint() {
        String jobId = status().path("jobStatus").path("jobId").asText();
        Checkpoints checkpoints = new Checkpoints(
                platform.layout().flinkState().resolve("checkpoints").toUri().toString());
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(checkpoints.newest(jobId)).isPresent());
    }

    /** Until it counts on, past what it has counted. */
    private void awaitMore() throws IOException {
        long before = numbers().stream().mapToLong(Long::longValue).max().orElseThrow();
        await().atMost(SOON).untilAsserted(() -> assertThat(numbers().getLast()).isGreaterThan(before + 20));
    }

    private List<Long> numbers() throws IOException {
        return Files.readAllLines(out).stream()
                .map(line -> Long.parseLong(line.split(" ")[0]))
                .toList();
    }
}
