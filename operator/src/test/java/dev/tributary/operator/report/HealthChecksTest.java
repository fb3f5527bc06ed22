package dev.tributary.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.StageResult;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What Argo CD and Flux show of objects as the operator leaves them. Their own programs judge the same in HealthTableTest. */
class HealthChecksTest {

    private final ArgoCdHealthChecks checks = ArgoCdHealthChecks.shipped();

    static List<JudgedObject> objects() throws IOException {
        return JudgedObject.all();
    }

    @ParameterizedTest
    @MethodSource("objects")
    void argoCdShowsTheHealthAndOurMessage(JudgedObject judged) {
        ArgoCdHealthChecks.Health health = checks.judge(judged.object());

        assertThat(health).isEqualTo(judged.argoCd());
    }

    @ParameterizedTest
    @MethodSource("objects")
    void theConditionsFollowTheRulesOfKstatus(JudgedObject judged) {
        Kstatus status = Kstatus.of(judged.object());

        assertThat(status).isEqualTo(judged.kstatus());
    }

    /** So that a new reason cannot be forgotten: what an engine turned down is called Failed. */
    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonIsJudgedByWhatItTakesToGetOn(Reason reason) {
        TenantPipeline pipeline = ShopPipeline.create();
        Findings findings = new Findings();
        findings.hold(
                reason.remedy() == Reason.Remedy.NONE
                        ? new StageResult.Ready(reason, "well")
                        : new StageResult.Blocked(reason, "not well"));
        Clock clock = Clock.systemUTC();
        pipeline.setStatus(new StatusFactory(clock, new Damping(clock)).status(pipeline, findings));
        JsonNode object = Serialization.jsonMapper().valueToTree(pipeline);

        String health = checks.judge(object).status();

        assertThat(health)
                .isEqualTo(
                        switch (reason.remedy()) {
                            case NONE -> reason == Reason.Paused ? "Suspended" : "Healthy";
                            case TIME -> reason.name().endsWith("Failed") ? "Degraded" : "Progressing";
                            case PERSON -> "Degraded";
                        });
        assertThat(Kstatus.of(object))
                .isEqualTo(
                        switch (reason.remedy()) {
                            case NONE -> Kstatus.Current;
                            case TIME -> Kstatus.InProgress;
                            case PERSON -> Kstatus.Failed;
                        });
    }
}
