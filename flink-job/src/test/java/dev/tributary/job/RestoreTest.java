package dev.tributary.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tributary.job.clickhouse.ClickHouseSink;
import dev.tributary.job.clickhouse.FakeClickHouse;
import dev.tributary.job.source.ChangeSource;
import dev.tributary.jobspec.JobSpec;
import dev.tributary.jobspec.JobSpecJson;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Today's job goes on from the savepoints of earlier ones, {@code savepoints/<format>/_metadata}, with the JobSpec
 * of their time and with today's. Real Flink restores them; there is no Kafka, so nothing is read from there. The README beside them says how they
 * were made. Never change one.
 */
class RestoreTest {

    private static final Path SAVEPOINTS = Path.of("src/test/resources/savepoints");
    private static final Path JOB_SPECS = Path.of("../job-spec/src/test/resources");

    private static final int PARALLELISM = 2;

    /** Each test has its own, so that what one leaves behind does not hold up another. */
    private final MiniCluster flink = new MiniCluster(new MiniClusterConfiguration.Builder()
            .setConfiguration(Configuration.fromMap(
                    Map.of("taskmanager.memory.network.min", "16 mb", "taskmanager.memory.network.max", "16 mb")))
            .setNumTaskManagers(1)
            .setNumSlotsPerTaskManager(PARALLELISM)
            .build());

    @TempDir
    Path folder;

    private FakeClickHouse clickHouse;

    @BeforeEach
    void start() throws Exception {
        clickHouse = new FakeClickHouse();
        flink.start();
    }

    /** Does not wait: Kafka's clients take a minute to give up questions that nobody answers. */
    @AfterEach
    void stop() {
        var unused = flink.closeAsync();
        clickHouse.close();
    }

    static Stream<Arguments> savepointsAndJobSpecs() {
        return Stream.of(1, 2).flatMap(savepoint -> Stream.of(savepoint, JobSpec.FORMAT_VERSION)
                .map(format -> Arguments.of(savepoint, format)));
    }

    private static Path savepoint(int number) {
        return SAVEPOINTS.resolve(Integer.toString(number));
    }

    private JobSpec jobSpec(int format) throws Exception {
        String document = Files.readString(JOB_SPECS.resolve("job-spec-" + format + ".json"));
        return JobSpecJson.read(document
                // Nothing listens there.
                .replace("kafka-0:9092,kafka-1:9092", "127.0.0.1:1")
                .replace("https://clickhouse:8443", clickHouse.url()));
    }

    private static StreamExecutionEnvironment environment() {
        return StreamExecutionEnvironment.getExecutionEnvironment(Configuration.fromMap(Map.of(
                "execution.checkpointing.interval", "1 h",
                "parallelism.default", Integer.toString(PARALLELISM),
                "restart-strategy.type", "none")));
    }

    private JobID submit(StreamExecutionEnvironment environment, Path savepoint) throws Exception {
        StreamGraph graph = environment.getStreamGraph();
        graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(savepoint.toString(), false));
        return flink.submitJob(graph.getJobGraph()).get(1, TimeUnit.MINUTES).getJobID();
    }

    private void awaitRunning(JobID job) {
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            var graph = flink.getExecutionGraph(job).get();
            assertThat(graph.getFailureInfo()).isNull();
            assertThat(graph.getAllExecutionVertices())
                    .isNotEmpty()
                    .allSatisfy(task -> assertThat(task.getExecutionState()).isEqualTo(ExecutionState.RUNNING));
        });
    }

    @ParameterizedTest
    @MethodSource("savepointsAndJobSpecs")
    void anEarlierJobsPositionsAreThoseOfTodays(int savepoint, int format) throws Exception {
        StreamExecutionEnvironment environment = environment();
        StreamingJob.build(jobSpec(format), environment);

        JobID job = submit(environment, savepoint(savepoint));

        awaitRunning(job);
        String next = flink.triggerSavepoint(job, folder.toUri().toString(), false, SavepointFormatType.CANONICAL)
                .get(1, TimeUnit.MINUTES);
        assertThat(SavedPositions.read(Path.of(URI.create(next))))
                .isNotEmpty()
                .isEqualTo(SavedPositions.read(savepoint(savepoint)));
    }

    /** Or the uids would not matter. */
    @Test
    void aJobWithAnotherUidDoesNotStartFromIt() throws Exception {
        StreamExecutionEnvironment environment = environment();
        environment
                .fromSource(ChangeSource.of(jobSpec(1)), WatermarkStrategy.noWatermarks(), "changes")
                .uid("another")
                .sinkTo(new ClickHouseSink(jobSpec(1)))
                .uid("clickhouse");

        JobID job = submit(environment, savepoint(1));

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(flink.getJobStatus(job).get().isGloballyTerminalState())
                        .isTrue());
        assertThatThrownBy(() -> flink.requestJobResult(job)
                        .get()
                        .toJobExecutionResult(getClass().getClassLoader()))
                .hasStackTraceContaining("Cannot map checkpoint/savepoint state for operator");
    }
}
