package dev.tributary.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.job.change.Specs;
import dev.tributary.jobspec.JobSpec;
import dev.tributary.jobspec.JobSpecJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    private static final JobSpec SPEC =
            Specs.spec("http://clickhouse:8123", Specs.table("orders", List.of(Specs.ID), "id"));

    @TempDir
    private Path folder;

    @Test
    void wrongArgumentsSayHowToCallIt() {
        assertThatThrownBy(() -> Main.main(new String[] {"--spec", "x"}))
                .isInstanceOf(JobStopped.class)
                .hasMessage("InvalidStart: usage: --job-spec FILE");
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = folder.resolve("none.json");

        assertThatThrownBy(() -> Main.main(new String[] {"--job-spec", missing.toString()}))
                .isInstanceOf(JobStopped.class)
                .hasMessage("InvalidStart: cannot read " + missing + " (usage: --job-spec FILE)");
    }

    @Test
    void aWrongSpecSaysWhatIsWrong() throws Exception {
        Path file = folder.resolve("spec.json");
        Files.writeString(file, JobSpecJson.write(SPEC).replace("\"tenant\"", "\"tenent\""));

        assertThatThrownBy(() -> Main.main(new String[] {"--job-spec", file.toString()}))
                .isInstanceOf(JobStopped.class)
                .hasMessageStartingWith("InvalidStart: " + file + ": not a JobSpec: ");
    }

    @Test
    void withoutCheckpointsItDoesNotRun() {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());

        assertThatThrownBy(() -> Main.build(SPEC, environment))
                .isInstanceOf(JobStopped.class)
                .hasMessageStartingWith("InvalidStart: checkpoints are off");
    }

    @Test
    void sourceAndSinkAreOneChainWithStableNames() {
        Configuration configuration = Configuration.fromMap(Map.of("execution.checkpointing.interval", "10 s"));
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);

        Main.build(SPEC, environment);

        StreamGraph graph = environment.getStreamGraph();
        assertThat(graph.getStreamNodes())
                .extracting(node -> node.getTransformationUID())
                .contains("changes", "clickhouse");
        assertThat(graph.getJobGraph().getNumberOfVertices()).isEqualTo(1);
    }
}
