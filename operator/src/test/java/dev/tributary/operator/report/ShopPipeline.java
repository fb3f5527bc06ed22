package dev.tributary.operator.report;

import dev.tributary.api.v1alpha1.PostgresqlSource;
import dev.tributary.api.v1alpha1.Source;
import dev.tributary.api.v1alpha1.SourceTable;
import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.api.v1alpha1.TenantPipelineSpec;
import java.util.List;

/** The pipeline whose status the tests of this package write. */
final class ShopPipeline {

    static TenantPipeline create() {
        TenantPipeline pipeline = new TenantPipeline();
        pipeline.getMetadata().setNamespace("acme");
        pipeline.getMetadata().setName("shop");
        pipeline.getMetadata().setGeneration(3L);
        pipeline.setSpec(new TenantPipelineSpec(
                "acme",
                null,
                new Source(
                        new PostgresqlSource("db", 5432, "shop", new PostgresqlSource.Credentials("s"), null, null),
                        List.of(new SourceTable("public", "orders", null)))));
        return pipeline;
    }

    private ShopPipeline() {}
}
