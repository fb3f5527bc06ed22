package dev.tributary.operator.pipelineclass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.api.v1alpha1.PipelineClass;
import dev.tributary.api.v1alpha1.PipelineClassCondition;
import dev.tributary.operator.HandClock;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.StageResult;
import dev.tributary.operator.report.Damping;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassStatusTest {

    private static final StageResult KAFKA = new StageResult.Ready(Reason.Reachable, "Kafka answers");
    private static final StageResult CLICKHOUSE = new StageResult.Ready(Reason.Reachable, "ClickHouse answers");
    private static final StageResult THERE = new StageResult.Ready(Reason.Resolved, "all is there");
    private static final StageResult AWAY =
            new StageResult.Blocked(Reason.ClickHouseUnreachable, "ClickHouse does not answer");
    private static final StageResult REFUSED =
            new StageResult.Blocked(Reason.ClickHouseRefused, "ClickHouse refuses the login");

    private final HandClock clock = new HandClock();
    private final ClassStatus statuses = new ClassStatus(clock, new Damping(clock));
    private final PipelineClass standard =
            Serialization.unmarshal("metadata: {name: standard, generation: 1}", PipelineClass.class);

    @Test
    void noAnswerIsToldWhenItLasts() {
        look(engines(CLICKHOUSE));
        look(engines(AWAY));
        assertThat(told()).containsExactly("True Reachable", "True Reachable", "True Resolved");

        clock.add(Duration.ofSeconds(10));
        look(engines(AWAY));

        assertThat(told())
                .containsExactly("True Reachable", "False ClickHouseUnreachable", "False ClickHouseUnreachable");
    }

    @Test
    void aRefusedLoginIsToldAtOnceAndSoIsItsEnd() {
        look(engines(CLICKHOUSE));

        look(engines(REFUSED));

        assertThat(told()).containsExactly("True Reachable", "False ClickHouseRefused", "False ClickHouseRefused");
        look(engines(CLICKHOUSE));
        assertThat(told()).containsExactly("True Reachable", "True Reachable", "True Resolved");
    }

    @Test
    void enginesThatCannotBeFoundAreNotAsked() {
        look(engines(CLICKHOUSE));

        look(Map.of(
                PipelineClassCondition.Ready,
                new StageResult.Blocked(Reason.EngineNotInstalled, "the API server does not serve FlinkDeployment")));

        assertThat(told()).containsExactly("Unknown Pending", "Unknown Pending", "False EngineNotInstalled");
    }

    @Test
    void whatIsAsBeforeMakesTheSameStatus() {
        look(engines(CLICKHOUSE));
        clock.add(Duration.ofMinutes(1));

        assertThat(statuses.of(standard, engines(CLICKHOUSE))).isEqualTo(standard.getStatus());
    }

    private static Map<PipelineClassCondition, StageResult> engines(StageResult clickHouse) {
        return Map.of(
                PipelineClassCondition.KafkaReachable,
                KAFKA,
                PipelineClassCondition.ClickHouseReachable,
                clickHouse,
                PipelineClassCondition.Ready,
                THERE);
    }

    private void look(Map<PipelineClassCondition, StageResult> found) {
        standard.setStatus(statuses.of(standard, found));
    }

    private List<String> told() {
        return standard.getStatus().conditions().stream()
                .map(c -> c.getStatus() + " " + c.getReason())
                .toList();
    }
}
