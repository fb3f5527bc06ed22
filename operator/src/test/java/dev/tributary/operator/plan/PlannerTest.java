package dev.tributary.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.api.v1alpha1.PipelineClass;
import dev.tributary.api.v1alpha1.Source;
import dev.tributary.api.v1alpha1.SourceTable;
import dev.tributary.api.v1alpha1.SourceTable.OutOfRange;
import dev.tributary.api.v1alpha1.SourceTable.WithoutKey;
import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.api.v1alpha1.TenantPipelineSpec;
import dev.tributary.api.v1alpha1.TenantPipelineSpec.Latency;
import dev.tributary.api.v1alpha1.TenantPipelineSpec.Processing;
import dev.tributary.jobspec.ColumnType;
import dev.tributary.jobspec.JobSpec;
import dev.tributary.jobspec.JobSpecJson;
import dev.tributary.operator.claim.Claim;
import dev.tributary.operator.claim.ClaimedPipeline;
import dev.tributary.operator.claim.Epoch;
import dev.tributary.operator.claim.Identity;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.Resolution;
import dev.tributary.operator.condition.Resolution.Resolved;
import dev.tributary.operator.condition.Resolution.Unresolved;
import dev.tributary.operator.kubernetes.SecretCopy;
import dev.tributary.operator.observe.References;
import dev.tributary.operator.observe.SourceLogin;
import dev.tributary.operator.source.ColumnMapping;
import dev.tributary.operator.source.ConnectionSettings;
import dev.tributary.operator.source.Secret;
import dev.tributary.operator.source.ServerIdentity;
import dev.tributary.operator.source.SourceCatalog;
import dev.tributary.operator.source.SourceColumn;
import dev.tributary.operator.source.SourceTableInfo;
import dev.tributary.operator.source.TableId;
import dev.tributary.operator.source.TlsMode;
import dev.tributary.operator.source.postgres.PostgresConnector;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {

    private static final Path GOLDEN = Path.of("src/test/resources/plan/shop/out-plan.yaml");

    private final TenantPipeline pipeline = read("in-pipeline.yaml", TenantPipeline.class);
    private final PipelineClass pipelineClass = read("in-class.yaml", PipelineClass.class);
    private final Planner planner = new Planner(new PostgresConnector());

    /** {@code -DargLine=-Dgolden.update=true} writes the file anew: then read the difference. */
    @Test
    void thePlanOfTheQuickstartIsThis() throws IOException {
        Resolution<PipelinePlan> plan =
                planner.plan(input(pipeline.getSpec().source().tables(), Map.of()));

        String yaml = yaml(((Resolved<PipelinePlan>) plan).value());
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDEN, yaml);
        }
        assertThat(GOLDEN).hasContent(yaml);
    }

    @Test
    void noSecretIsInThePlan() {
        Resolution<PipelinePlan> plan =
                planner.plan(input(pipeline.getSpec().source().tables(), Map.of()));

        assertThat(yaml(((Resolved<PipelinePlan>) plan).value())).doesNotContain("top-secret", "the-user");
        assertThat(((Resolved<PipelinePlan>) plan).value().toString()).doesNotContain("top-secret");
    }

    @Test
    void twoTablesThatWouldMeetInOneTargetAreRefused() {
        List<SourceTable> tables =
                List.of(new SourceTable("public", "stock_items", null), new SourceTable("stock", "items", null));

        Resolution<PipelinePlan> plan = planner.plan(input(tables, Map.of()));

        assertThat(((Unresolved<PipelinePlan>) plan).why().reason()).isEqualTo(Reason.TableCollision);
        assertThat(((Unresolved<PipelinePlan>) plan).why().message())
                .contains("public.stock_items", "stock.items", "target.table");
    }

    @Test
    void aTargetOfAnotherPipelineOfTheTenantIsRefused() {
        ClaimedPipeline other = claimed(List.of("orders"));

        Resolution<PipelinePlan> plan =
                planner.plan(input(pipeline.getSpec().source().tables(), Map.of("billing", other)));

        assertThat(((Unresolved<PipelinePlan>) plan).why().message()).contains("orders", "pipeline billing");
    }

    /** Capture, job and checkpoints: one of them alone would wait in vain. */
    @ParameterizedTest
    @CsvSource({
        "RealTime, 10, 0, 50, 10000 ms",
        "NearRealTime, 50, 5, 500, 10000 ms",
        "Batch, 1000, 100, 60000, 60000 ms"
    })
    void theLatencySetsAllStepsTogether(Latency latency, String poll, String linger, int flush, String checkpoints) {
        TenantPipelineSpec spec = pipeline.getSpec();
        pipeline.setSpec(new TenantPipelineSpec(
                spec.tenant(), spec.classRef(), null, spec.source(), new Processing(latency), null));

        PipelinePlan plan = ((Resolved<PipelinePlan>)
                        planner.plan(input(pipeline.getSpec().source().tables(), Map.of())))
                .value();

        assertThat(plan.connector().getSpec().config())
                .containsEntry("poll.interval.ms", poll)
                .containsEntry("producer.override.linger.ms", linger);
        assertThat(JobSpecJson.read(plan.jobSpec().getData().get("job-spec.json"))
                        .flushMillis())
                .isEqualTo(flush);
        assertThat(plan.deployment().getSpec().flinkConfiguration())
                .containsEntry("execution.checkpointing.interval", checkpoints);
    }

    @Test
    void aColumnIsAsTheUserWantsIt() {
        SourceTable wanted = withColumn("total", OutOfRange.Null);

        Resolution<PipelinePlan> plan = planner.plan(input(List.of(wanted), Map.of()));

        JobSpec spec = JobSpecJson.read(
                ((Resolved<PipelinePlan>) plan).value().jobSpec().getData().get("job-spec.json"));
        assertThat(spec.tables().get(0).columns())
                .contains(new JobSpec.Column(
                        "total", new ColumnType.Decimal(12, 2), true, dev.tributary.jobspec.OutOfRange.NULL));
    }

    @ParameterizedTest
    @CsvSource({
        "totals, Null, no column",
        "id, Clamp, part of the key",
        "tags, Null, is for what becomes",
        "total, Clamp, numeric(12"
    })
    void whatAColumnCannotBeIsRefused(String column, OutOfRange outOfRange, String why) {
        SourceTable wanted = withColumn(column, outOfRange);

        Resolution<PipelinePlan> plan = planner.plan(input(List.of(wanted), Map.of()));

        assertThat(((Unresolved<PipelinePlan>) plan).why().reason()).isEqualTo(Reason.ColumnOptionNotPossible);
        assertThat(((Unresolved<PipelinePlan>) plan).why().message()).contains(column, "public.orders", why);
    }

    private static SourceTable withColumn(String name, OutOfRange outOfRange) {
        return new SourceTable("public", "orders", null, List.of(new SourceTable.SourceColumn(name, outOfRange)));
    }

    @Test
    void debeziumIsToldOfADeclaredKey() {
        SourceTable wanted = new SourceTable("public", "order lines", null, null, List.of("id", "no;1"), null);

        PipelinePlan plan = ((Resolved<PipelinePlan>) planner.plan(input(List.of(wanted), Map.of()))).value();

        assertThat(plan.connector().getSpec().config())
                .containsEntry("message.key.columns", "(?-i)public\\.order\\x{20}lines:id,no\\x{3b}1");
        assertThat(plan.capture().keys()).containsEntry("public.order lines", List.of("id", "no;1"));
    }

    /** Its rows are known by where their records stand, so Debezium may take what it likes for their key. */
    @Test
    void nobodyIsToldOfAKeyWhereATableIsAppendOnly() {
        SourceTable wanted = new SourceTable("public", "orders", null, null, null, WithoutKey.AppendOnly);
        PlanInput input = input(List.of(wanted), Map.of());
        SourceTableInfo found = input.catalog().tables().get(0);
        SourceCatalog catalog = new SourceCatalog(
                "18.1",
                input.catalog().server(),
                List.of(new SourceTableInfo(found.id(), found.columns(), List.of(), List.of())));

        PipelinePlan plan = ((Resolved<PipelinePlan>) planner.plan(new PlanInput(
                        input.identity(), input.spec(), input.claim(), input.claimed(), input.references(), catalog)))
                .value();

        assertThat(plan.connector().getSpec().config()).doesNotContainKey("message.key.columns");
        assertThat(plan.capture().keys()).containsEntry("public.orders", List.of());
        assertThat(JobSpecJson.read(plan.jobSpec().getData().get("job-spec.json"))
                        .tables()
                        .get(0)
                        .appendOnly())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"90s, 90", "10m, 600", "999h, 3596400", "99d, 8553600", ", 3600"})
    void theJobIsToldWhenAChangeIsLate(@Nullable String lateAfter, int seconds) {
        TenantPipelineSpec spec = pipeline.getSpec();
        pipeline.setSpec(new TenantPipelineSpec(
                spec.tenant(),
                spec.classRef(),
                null,
                spec.source(),
                new Processing(null, null, null, lateAfter),
                null));

        PipelinePlan plan = ((Resolved<PipelinePlan>)
                        planner.plan(input(pipeline.getSpec().source().tables(), Map.of())))
                .value();

        assertThat(JobSpecJson.read(plan.jobSpec().getData().get("job-spec.json"))
                        .lateAfterSeconds())
                .isEqualTo(seconds);
    }

    @Test
    void tablesThatKafkaCannotTellApartAreRefused() {
        List<SourceTable> tables =
                List.of(new SourceTable("public", "a b", null), new SourceTable("public", "a_b", null));

        Resolution<PipelinePlan> plan = planner.plan(input(tables, Map.of()));

        assertThat(((Unresolved<PipelinePlan>) plan).why().reason()).isEqualTo(Reason.TopicNameCollision);
    }

    private PlanInput input(List<SourceTable> tables, Map<String, ClaimedPipeline> others) {
        Identity identity = Identity.of(pipeline);
        Map<String, String> login = Map.of("username", "the-user", "password", "top-secret");
        References references = new References(
                "standard",
                pipelineClass.getSpec(),
                "events-kafka-bootstrap.kafka.svc:9092",
                "dev.tributary.connect.GuardedPostgresConnector",
                SourceLogin.place(identity, pipeline.getSpec().source().postgresql()),
                new ConnectionSettings(
                        "shop-db.acme.svc", 5432, "shop", "the-user", new Secret("top-secret"), TlsMode.REQUIRE, null),
                new SecretCopy("kafka", identity.resourceName() + "-source-0123456789", login),
                new SecretCopy("flink", identity.resourceName() + "-clickhouse-0123456789", login));
        TenantPipelineSpec spec = pipeline.getSpec();
        return new PlanInput(
                identity,
                new TenantPipelineSpec(
                        spec.tenant(),
                        spec.classRef(),
                        null,
                        new Source(spec.source().postgresql(), tables),
                        spec.processing(),
                        null),
                new Claim("acme", "acme", others),
                claimed(List.of()),
                references,
                new SourceCatalog(
                        "18.1",
                        new ServerIdentity("7", 1),
                        tables.stream().map(PlannerTest::table).toList()));
    }

    private static ClaimedPipeline claimed(List<String> targets) {
        return new ClaimedPipeline(
                new Epoch(1, Map.of(), null, null, List.of(), Map.of(), 0, false),
                null,
                "__unavailable_00000000000000000000000000000000",
                "salt",
                targets,
                List.of(),
                null,
                null,
                null,
                false);
    }

    private static SourceTableInfo table(SourceTable table) {
        return new SourceTableInfo(
                new TableId(table.schema(), table.name()),
                List.of(
                        column("id", "bigint", false, new ColumnType.Int(64)),
                        column("total", "numeric(12,2)", true, new ColumnType.Decimal(12, 2)),
                        column("tags", "text[]", false, new ColumnType.Array(new ColumnType.Text()))),
                List.of("id"),
                List.of());
    }

    private static SourceColumn column(String name, String typeName, boolean nullable, ColumnType type) {
        return new SourceColumn(name, typeName, nullable, new ColumnMapping.Carried(type));
    }

    private static String yaml(PipelinePlan plan) {
        List<Object> documents = new ArrayList<>(plan.topics());
        documents.add(Map.of("database", plan.database()));
        documents.addAll(plan.tables());
        documents.add(plan.jobSpec());
        documents.add(plan.deployment());
        documents.add(plan.capture());
        documents.add(plan.connector());
        StringBuilder yaml = new StringBuilder();
        documents.forEach(d -> yaml.append(Serialization.asYaml(d)));
        return yaml.toString();
    }

    private static <T> T read(String file, Class<T> type) {
        try (InputStream in = PlannerTest.class.getResourceAsStream("/plan/shop/" + file)) {
            return Serialization.unmarshal(in, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
