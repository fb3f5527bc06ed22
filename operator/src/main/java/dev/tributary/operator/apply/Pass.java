package dev.tributary.operator.apply;

import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.operator.claim.ClaimedPipeline;
import dev.tributary.operator.observe.Observed;
import dev.tributary.operator.observe.References;
import dev.tributary.operator.plan.PipelinePlan;
import dev.tributary.operator.report.Findings;

/**
 * One pass of one pipeline through the stages.
 *
 * @param pipeline as the user wrote it, with the status of the last pass
 * @param claimed what is remembered of it
 * @param plan what is to be there
 * @param references what it refers to, with credentials
 * @param observed what is there
 * @param findings what this pass found so far
 */
public record Pass(
        TenantPipeline pipeline,
        ClaimedPipeline claimed,
        PipelinePlan plan,
        References references,
        Observed observed,
        Findings findings) {}
