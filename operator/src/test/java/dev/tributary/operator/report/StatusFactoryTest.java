package dev.tributary.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.api.v1alpha1.TenantPipelineStatus;
import dev.tributary.operator.condition.ConditionType;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.StageResult;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusFactoryTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final TenantPipeline pipeline = ShopPipeline.create();

    @Test
    void allStagesReadyIsReady() {
        Findings findings = new Findings();
        for (ConditionType stage : List.of(
                ConditionType.Accepted,
                ConditionType.ReferencesResolved,
                ConditionType.SourceReady,
                ConditionType.KafkaReady,
                ConditionType.SchemaReady,
                ConditionType.ProcessingReady,
                ConditionType.CaptureReady)) {
            findings.add(stage, new StageResult.Ready(Reason.Resolved, "well"));
        }
        findings.tables(1, 1);

        TenantPipelineStatus status = at(NOON).status(pipeline, findings);

        assertThat(condition(status, "Ready").getStatus()).isEqualTo("True");
        assertThat(status.tables()).isEqualTo("1/1");
        assertThat(status.conditions()).extracting(Condition::getType).doesNotContain("Stalled", "Reconciling");
        assertThat(status.conditions()).allMatch(c -> c.getObservedGeneration() == 3L);
    }

    @Test
    void theFirstStageThatIsNotReadySpeaksForAll() {
        Findings findings = new Findings();
        findings.add(ConditionType.Accepted, new StageResult.Ready(Reason.Claimed, "claimed"));
        findings.add(
                ConditionType.ReferencesResolved,
                new StageResult.Blocked(Reason.SecretNotFound, "Secret a/b does not exist"));

        TenantPipelineStatus status = at(NOON).status(pipeline, findings);

        assertThat(condition(status, "Ready"))
                .returns("False", Condition::getStatus)
                .returns("SecretNotFound", Condition::getReason)
                .returns("Secret a/b does not exist", Condition::getMessage);
        assertThat(condition(status, "Stalled").getStatus()).isEqualTo("True");
        assertThat(condition(status, "SourceReady"))
                .returns("Unknown", Condition::getStatus)
                .returns("Pending", Condition::getReason);
    }

    @Test
    void aStageThatMovesIsReconcilingAndNotStalled() {
        Findings findings = new Findings();
        findings.add(ConditionType.Accepted, new StageResult.Ready(Reason.Claimed, "claimed"));
        findings.add(ConditionType.ReferencesResolved, new StageResult.Ready(Reason.Resolved, "there"));
        findings.add(ConditionType.SourceReady, new StageResult.Blocked(Reason.Unreachable, "no answer"));

        TenantPipelineStatus status = at(NOON).status(pipeline, findings);

        assertThat(condition(status, "Reconciling").getReason()).isEqualTo("Unreachable");
        assertThat(status.conditions()).extracting(Condition::getType).doesNotContain("Stalled");
    }

    @Test
    void sameFindingsLaterMakeTheSameStatus() {
        Findings findings = new Findings();
        findings.add(ConditionType.Accepted, new StageResult.Blocked(Reason.TenantAlreadyClaimed, "taken"));
        pipeline.setStatus(at(NOON).status(pipeline, findings));

        TenantPipelineStatus later = at(NOON.plusSeconds(3600)).status(pipeline, findings);

        assertThat(later).isEqualTo(pipeline.getStatus());
    }

    @Test
    void aPassThatDoesNotGetAsFarSaysNothingAgainstTheSnapshotAndTheTables() {
        Findings before = new Findings();
        before.add(ConditionType.SnapshotComplete, new StageResult.Ready(Reason.Streaming, "read"));
        before.tables(1, 1);
        pipeline.setStatus(at(NOON).status(pipeline, before));
        Findings after = new Findings();
        after.add(ConditionType.Accepted, new StageResult.Ready(Reason.Claimed, "claimed"));

        TenantPipelineStatus status = at(NOON).status(pipeline, after);

        assertThat(condition(status, "SnapshotComplete").getStatus()).isEqualTo("True");
        assertThat(status.tables()).isEqualTo("1/1");
    }

    @Test
    void theTransitionTimeMovesWithTheStatusOnly() {
        Findings before = new Findings();
        before.add(ConditionType.Accepted, new StageResult.Blocked(Reason.TenantAlreadyClaimed, "taken"));
        pipeline.setStatus(at(NOON).status(pipeline, before));
        Findings after = new Findings();
        after.add(ConditionType.Accepted, new StageResult.Ready(Reason.Claimed, "claimed"));

        TenantPipelineStatus status = at(NOON.plusSeconds(60)).status(pipeline, after);

        assertThat(condition(status, "Accepted").getLastTransitionTime()).isEqualTo("2026-11-21T12:01:00Z");
        assertThat(condition(status, "SourceReady").getLastTransitionTime()).isEqualTo("2026-11-21T12:00:00Z");
    }

    private static StatusFactory at(Instant instant) {
        Clock clock = Clock.fixed(instant, ZoneOffset.UTC);
        return new StatusFactory(clock, new Damping(clock));
    }

    private static Condition condition(TenantPipelineStatus status, String type) {
        return status.conditions().stream()
                .filter(c -> c.getType().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
