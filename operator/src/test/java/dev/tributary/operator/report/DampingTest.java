package dev.tributary.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.api.v1alpha1.TenantPipelineStatus;
import dev.tributary.operator.HandClock;
import dev.tributary.operator.condition.ConditionType;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.StageResult;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DampingTest {

    private static final StageResult RUNS = new StageResult.Ready(Reason.JobRunning, "it runs");
    private static final StageResult FAILED = new StageResult.Started(Reason.JobFailed, "it failed");
    private static final StageResult STARTING = new StageResult.Started(Reason.JobStarting, "it starts");

    private final HandClock clock = new HandClock();
    private final StatusFactory factory = new StatusFactory(clock, new Damping(clock));
    private final TenantPipeline pipeline = ShopPipeline.create();
    private int writes;

    @BeforeEach
    void itRan() {
        pass(RUNS);
        writes = 0;
    }

    @Test
    void anEngineThatRestartsAgainAndAgainIsNotTold() {
        for (int i = 0; i < 24; i++) {
            clock.add(Duration.ofSeconds(5));
            pass(i % 2 == 0 ? STARTING : RUNS);
        }

        assertThat(writes).isZero();
        assertThat(told("Ready")).isEqualTo("True Running");
    }

    @Test
    void anEngineThatFailsAgainAndAgainHasFailedOnce() {
        for (int i = 0; i < 24; i++) {
            clock.add(Duration.ofSeconds(5));
            pass(i % 2 == 0 ? FAILED : RUNS);
        }

        assertThat(writes).isEqualTo(1);
        assertThat(told("Ready")).isEqualTo("False JobFailed");
    }

    @Test
    void aRestartThatLastsIsTold() {
        pass(STARTING);
        clock.add(Damping.HOLD);
        pass(STARTING);

        assertThat(writes).isEqualTo(1);
        assertThat(told("ProcessingReady")).isEqualTo("False JobStarting");
    }

    @Test
    void aFailureIsToldAtOnceAndItsEndWhenItLasts() {
        pass(FAILED);
        assertThat(told("ProcessingReady")).isEqualTo("False JobFailed");
        pass(RUNS);
        assertThat(told("ProcessingReady")).isEqualTo("False JobFailed");
        clock.add(Damping.HOLD);

        pass(RUNS);

        assertThat(told("ProcessingReady")).isEqualTo("True JobRunning");
    }

    @Test
    void aJobThatFailsAgainAndAgainStaysFailed() {
        pass(FAILED);
        clock.add(Damping.HOLD);
        pass(FAILED);
        writes = 0;
        for (int i = 0; i < 5; i++) {
            clock.add(Duration.ofSeconds(4));
            pass(STARTING);
            clock.add(Duration.ofSeconds(3));
            pass(RUNS);
            clock.add(Duration.ofSeconds(2));
            pass(FAILED);
        }

        assertThat(writes).isZero();
        assertThat(told("Ready")).isEqualTo("False JobFailed");
    }

    @Test
    void whatOnlyAPersonCanMendIsToldAtOnce() {
        pass(new StageResult.Blocked(Reason.JobNotOwned, "it is somebody else's"));

        assertThat(told("Stalled")).isEqualTo("True JobNotOwned");
    }

    @Test
    void aFirstStartIsToldAtOnce() {
        pipeline.setStatus(null);
        pass(STARTING);
        pass(RUNS);

        assertThat(told("Ready")).isEqualTo("True Running");
    }

    @Test
    void whatWasNotLookedAtBecauseOfAHiccupStaysAsItWas() {
        Findings findings = new Findings();
        findings.add(ConditionType.Accepted, new StageResult.Ready(Reason.Claimed, "claimed"));
        findings.add(ConditionType.SourceReady, new StageResult.Blocked(Reason.Unreachable, "no answer"));

        TenantPipelineStatus status = factory.status(pipeline, findings);

        assertThat(status.conditions())
                .filteredOn(c -> c.getType().equals("ProcessingReady"))
                .extracting(c -> c.getReason())
                .containsExactly("JobRunning");
    }

    private void pass(StageResult processing) {
        Findings findings = new Findings();
        findings.add(ConditionType.Accepted, new StageResult.Ready(Reason.Claimed, "claimed"));
        findings.add(ConditionType.SourceReady, new StageResult.Ready(Reason.Inspected, "inspected"));
        findings.add(ConditionType.ProcessingReady, processing);
        TenantPipelineStatus status = factory.status(pipeline, findings);
        if (!status.equals(pipeline.getStatus())) {
            writes++;
            pipeline.setStatus(status);
        }
    }

    private String told(String type) {
        return pipeline.getStatus().conditions().stream()
                .filter(c -> c.getType().equals(type))
                .map(c -> c.getStatus() + " " + c.getReason())
                .findFirst()
                .orElse("none");
    }
}
