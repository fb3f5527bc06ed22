package dev.tributary.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.job.change.Specs;
import dev.tributary.jobspec.JobSpec;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.junit.jupiter.api.Test;

class StreamingJobTest {

    private static final JobSpec SPEC =
            Specs.spec("http://clickhouse:8123", Specs.table("orders", List.of(Specs.ID), "id"));

    @Test
    void withoutCheckpointsItDoesNotRun() {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());

        assertThatThrownBy(() -> StreamingJob.build(SPEC, environment))
                .isInstanceOf(JobStopped.class)
                .hasMessageStartingWith("InvalidStart: checkpoints are off");
    }

    @Test
    void sourceAndSinkAreOneChainWithStableNames() {
        Configuration configuration = Configuration.fromMap(Map.of("execution.checkpointing.interval", "10 s"));
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);

        StreamingJob.build(SPEC, environment);

        StreamGraph graph = environment.getStreamGraph();
        assertThat(graph.getStreamNodes())
                .extracting(node -> node.getTransformationUID())
                .contains("changes", "clickhouse");
        assertThat(graph.getJobGraph().getNumberOfVertices()).isEqualTo(1);
    }
}
