package dev.tributary.operator.pipeline;

import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.api.v1alpha1.TenantPipelineStatus.Effective;
import dev.tributary.operator.apply.CaptureStage;
import dev.tributary.operator.apply.Copies;
import dev.tributary.operator.apply.Halt;
import dev.tributary.operator.apply.Pass;
import dev.tributary.operator.apply.Pause;
import dev.tributary.operator.apply.ProcessingStage;
import dev.tributary.operator.apply.Renewal;
import dev.tributary.operator.apply.SchemaStage;
import dev.tributary.operator.apply.SnapshotStage;
import dev.tributary.operator.apply.Stage;
import dev.tributary.operator.apply.TopicsStage;
import dev.tributary.operator.claim.Claim;
import dev.tributary.operator.claim.ClaimedPipeline;
import dev.tributary.operator.claim.Claims;
import dev.tributary.operator.claim.Identity;
import dev.tributary.operator.claim.Loss;
import dev.tributary.operator.condition.ConditionType;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.Resolution.Resolved;
import dev.tributary.operator.condition.Resolution.Unresolved;
import dev.tributary.operator.condition.StageResult;
import dev.tributary.operator.observe.Observed;
import dev.tributary.operator.observe.ReferenceResolver;
import dev.tributary.operator.observe.References;
import dev.tributary.operator.observe.SourceProbe;
import dev.tributary.operator.plan.PipelinePlan;
import dev.tributary.operator.plan.PlanInput;
import dev.tributary.operator.plan.Planner;
import dev.tributary.operator.plan.RowKeys;
import dev.tributary.operator.report.Findings;
import dev.tributary.operator.source.Inspection;
import dev.tributary.operator.source.InspectionRequest;
import dev.tributary.operator.source.TableId;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** One pass: who are you, what do you refer to, what is at the source, what is the plan, and then stage by stage. */
@ApplicationScoped
public class Story {

    private static final Logger LOG = Logger.getLogger(Story.class);

    private final Claims claims;
    private final ReferenceResolver references;
    private final SourceProbe source;
    private final Planner planner;
    private final List<Stage> stages;
    private final Renewal renewal;
    private final Pause pause;
    private final Halt halt;
    private final Copies copies;

    Story(
            Claims claims,
            ReferenceResolver references,
            SourceProbe source,
            Planner planner,
            TopicsStage topics,
            SchemaStage schema,
            ProcessingStage processing,
            CaptureStage capture,
            SnapshotStage snapshot,
            Renewal renewal,
            Pause pause,
            Halt halt,
            Copies copies) {
        this.claims = claims;
        this.references = references;
        this.source = source;
        this.planner = planner;
        this.stages = List.of(topics, schema, processing, capture, snapshot);
        this.renewal = renewal;
        this.pause = pause;
        this.halt = halt;
        this.copies = copies;
    }

    /** Goes as far as it can without waiting, and says how far that was. */
    public Findings tell(TenantPipeline pipeline, Observed observed) {
        Findings findings = new Findings();
        try {
            accept(pipeline, observed, findings);
        } catch (KubernetesClientException e) {
            LOG.warnf("%s: %s", ResourceID.fromResource(pipeline), e.getMessage());
            findings.add(
                    findings.reached(),
                    new StageResult.Blocked(
                            Reason.OperatorError,
                            "the API server refused a step of the operator with code " + e.getCode()
                                    + ": its log says which; this is tried again by itself"));
        }
        return findings;
    }

    /** Forgets what is only kept in memory. */
    public void forget(TenantPipeline pipeline) {
        source.forget(ResourceID.fromResource(pipeline));
    }

    private void accept(TenantPipeline pipeline, Observed observed, Findings findings) {
        Identity identity = Identity.of(pipeline);
        Claim claim = claims.claim(identity);
        if (!claim.namespace().equals(identity.namespace())) {
            findings.add(
                    ConditionType.Accepted,
                    new StageResult.Blocked(
                            Reason.TenantAlreadyClaimed,
                            "tenant " + identity.tenant() + " belongs to namespace " + claim.namespace()
                                    + ": choose another tenant, or move this pipeline there"));
            return;
        }
        ClaimedPipeline claimed = claim.pipeline(identity.name()).orElseThrow();
        findings.add(
                ConditionType.Accepted,
                new StageResult.Ready(
                        Reason.Claimed,
                        "tenant " + identity.tenant() + " belongs to namespace " + identity.namespace()));
        Optional<String> newEpoch = whyRenew(pipeline, claimed);
        goOn(
                pipeline,
                observed,
                findings,
                claim,
                newEpoch.isPresent() ? claims.renew(identity, newEpoch.get()) : claimed);
    }

    private static Optional<String> whyRenew(TenantPipeline pipeline, ClaimedPipeline claimed) {
        if (claimed.released()) {
            return Optional.of("the pipeline takes back the data that was kept of it");
        }
        return Renewal.isAskedFor(pipeline, claimed)
                ? Optional.of("annotation " + Renewal.ANNOTATION + " asks for it")
                : Optional.empty();
    }

    private void goOn(
            TenantPipeline pipeline, Observed observed, Findings findings, Claim claim, ClaimedPipeline claimed) {
        if (claimed.loss() != null) {
            lost(Identity.of(pipeline), claimed, claimed.loss(), observed, findings);
        }
        if (claimed.renewal() != null) {
            renewal.next(pipeline, claimed, observed, findings);
            return;
        }
        if (claimed.epoch().begun()) {
            findings.add(ConditionType.SnapshotComplete, SnapshotStage.remembered(claimed.epoch()));
        }
        if (claimed.loss() == null && pipeline.getSpec().wantsPause()) {
            pause.next(pipeline, claimed, observed, findings);
        } else if (claimed.loss() == null) {
            resolve(pipeline, observed, findings, claim, claimed);
        }
    }

    /** Nothing goes on from a gap: what comes after it would look complete. What is in Kafka already is still written. */
    private void lost(Identity identity, ClaimedPipeline claimed, Loss loss, Observed observed, Findings findings) {
        StageResult lost = new StageResult.Lost(
                loss.reason(),
                loss.message() + ". To read all tables once more: " + Renewal.command(identity, claimed));
        findings.add(ConditionType.DataLoss, lost);
        findings.hold(lost);
        halt.capture(observed);
    }

    private void resolve(
            TenantPipeline pipeline, Observed observed, Findings findings, Claim claim, ClaimedPipeline claimed) {
        switch (references.resolve(pipeline, claimed, observed.connector())) {
            case Unresolved<References> u -> findings.add(ConditionType.ReferencesResolved, u.why());
            case Resolved<References> found -> {
                References there = found.value();
                findings.add(
                        ConditionType.ReferencesResolved,
                        new StageResult.Ready(
                                Reason.Resolved, "PipelineClass " + there.className() + " and all Secrets are there"));
                inspect(pipeline, observed, findings, claim, claimed, there);
            }
        }
    }

    private void inspect(
            TenantPipeline pipeline,
            Observed observed,
            Findings findings,
            Claim claim,
            ClaimedPipeline claimed,
            References there) {
        List<TableId> tables = pipeline.getSpec().source().tables().stream()
                .map(t -> new TableId(t.schema(), t.name()))
                .toList();
        InspectionRequest question = new InspectionRequest(
                there.source(),
                there.place().names(),
                tables,
                RowKeys.of(pipeline.getSpec()),
                claimed.epoch().tablesWith(RowKeys.remembered(pipeline.getSpec())),
                there.pipelineClass().kafka().topics().maxRecordBytes());
        Inspection inspection = source.inspect(ResourceID.fromResource(pipeline), question);
        StageResult verdict = SourceVerdict.of(inspection, Identity.of(pipeline), claimed, there.place(), question);
        findings.add(ConditionType.SourceReady, verdict);
        note(Identity.of(pipeline), verdict);
        if (verdict instanceof StageResult.Ready && inspection instanceof Inspection.Found found) {
            plan(
                    pipeline,
                    observed,
                    findings,
                    new PlanInput(Identity.of(pipeline), pipeline.getSpec(), claim, claimed, there, found.catalog()));
        }
    }

    private void plan(TenantPipeline pipeline, Observed observed, Findings findings, PlanInput input) {
        switch (planner.plan(input)) {
            case Unresolved<PipelinePlan> u -> {
                boolean aboutSource = u.why().reason() != Reason.TableCollision;
                findings.add(aboutSource ? ConditionType.SourceReady : ConditionType.SchemaReady, u.why());
            }
            case Resolved<PipelinePlan> made -> {
                PipelinePlan plan = made.value();
                findings.effective(effective(plan, input));
                claims.remember(
                        plan.identity(),
                        input.references().className(),
                        plan.tables().stream().map(t -> t.name().value()).toList(),
                        plan.topicNames());
                apply(new Pass(pipeline, input.claimed(), plan, input.references(), observed, findings));
            }
        }
    }

    private void apply(Pass pass) {
        boolean blocked = false;
        for (Stage stage : stages) {
            Optional<StageResult> result = blocked ? stage.look(pass) : Optional.of(stage.apply(pass));
            if (result.isPresent()) {
                blocked |= !pass.findings().add(stage.condition(), result.get());
                note(pass.plan().identity(), result.get());
            }
        }
        if (pass.findings().allReady()) {
            copies.prune(pass);
        }
    }

    /** What must not be forgotten, whatever the next look shows. */
    private void note(Identity identity, StageResult result) {
        switch (result) {
            case StageResult.Lost lost -> claims.lose(identity, new Loss(lost.reason(), lost.message()));
            case StageResult.Broken broken
            when broken.reason() == Reason.SnapshotInterrupted -> claims.interrupt(identity, broken.message());
            case StageResult.Broken broken -> claims.renew(identity, broken.message());
            default -> {}
        }
    }

    private static Effective effective(PipelinePlan plan, PlanInput input) {
        return new Effective(
                input.references().className(),
                plan.epoch(),
                input.spec().wantedLatency(),
                plan.database().name().value(),
                plan.identity().topicPrefix(),
                plan.connector().getMetadata().getName(),
                plan.deployment().getMetadata().getName(),
                plan.capture().names().slot(),
                plan.capture().names().publication());
    }
}
