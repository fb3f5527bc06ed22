package dev.tributary.operator.plan;

import dev.tributary.api.v1alpha1.TenantPipelineSpec;
import dev.tributary.operator.claim.Claim;
import dev.tributary.operator.claim.ClaimedPipeline;
import dev.tributary.operator.claim.Identity;
import dev.tributary.operator.observe.References;
import dev.tributary.operator.source.SourceCatalog;

/**
 * What a plan is made from.
 *
 * @param identity whose plan
 * @param spec what the user wants
 * @param claim what is remembered of the tenant
 * @param claimed what is remembered of this pipeline
 * @param references what the spec refers to
 * @param catalog the listed tables as the source has them
 */
public record PlanInput(
        Identity identity,
        TenantPipelineSpec spec,
        Claim claim,
        ClaimedPipeline claimed,
        References references,
        SourceCatalog catalog) {}
