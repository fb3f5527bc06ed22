package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.api.v1alpha1.PipelineClass;
import dev.tributary.api.v1alpha1.PipelineClassSpec;
import dev.tributary.api.v1alpha1.SourceTable;
import dev.tributary.api.v1alpha1.SourceTable.WithoutKey;
import dev.tributary.api.v1alpha1.TenantPipelineSpec;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A table that is truncated at the source is empty at the sink, and goes on, also one without a key. Its topic has three
 * partitions, of which one is told.
 */
@ExtendWith(BoxExtension.class)
class TruncateTest {

    private static final int PARTITIONS = 3;

    private final TestBox box;

    TruncateTest(TestBox box) {
        this.box = box;
    }

    @Test
    void aTruncatedTableHasWhatCameAfter() {
        Client client = onboarded("truncates");

        client.database()
                .run(
                        "TRUNCATE items, parts, log",
                        fill("items", 900, 1000),
                        write(900, 1000),
                        "BEGIN; " + fill("parts", 1, 300) + "; TRUNCATE parts; " + fill("parts", 200, 400)
                                + "; COMMIT");

        client.awaitEqual("items", "id");
        client.awaitEqual("parts", "id");
        awaitLog(client);
        // What was truncated is deleted, not only hidden.
        assertThat(box.clickHouse().ask("SELECT count() FROM " + client.sink("items")))
                .isEqualTo("101");
        assertThat(client.condition("SourceReady").orElseThrow().getMessage())
                .contains("rows of table public.log arrive at least once");
        client.database().run("TRUNCATE items");
        client.awaitEqual("items", "id");
        end(client);
    }

    /** What was read before a truncation is read again after it, by a job that has to know of it. */
    @Test
    @Tag("long")
    void truncatedRowsStayAwayThroughKills() {
        Client client = onboarded("killed");
        String taskManager =
                "flink/" + client.pipeline().getStatus().effective().flinkDeployment() + "/taskmanager";
        Random random = new Random(6);
        for (int kill = 0; kill < 8; kill++) {
            for (int change = 0; change < 40; change++) {
                int from = random.nextInt(2000);
                client.database()
                        .run(
                                fill("items", from, from + 50),
                                write(10_000 + 400 * kill + 10 * change, 10_009 + 400 * kill + 10 * change),
                                random.nextInt(40) == 0 ? "TRUNCATE log" : write(0, 0),
                                "UPDATE items SET n = n + 1 WHERE id % 7 = " + random.nextInt(7),
                                random.nextInt(10) == 0 ? "TRUNCATE items" : "DELETE FROM items WHERE id = " + from);
            }
            box.kill(taskManager);
            box.awaitHealthy(taskManager);
        }
        client.awaitEqual("items", "id");
        client.database().run(write(9, 9));
        awaitLog(client);
        client.database().run("UPDATE log SET line = 'other' WHERE n = (SELECT max(n) FROM log)");
        assertThat(client.awaitCondition("ProcessingReady", "False", "JobFailed"))
                .contains("NotAppendOnly", "public.log");
        end(client);
    }

    private Client onboarded(String kind) {
        Client client = Client.create(box, kind);
        client.database()
                .run(
                        "CREATE TABLE items (id int PRIMARY KEY, n int)",
                        "CREATE TABLE parts (id int PRIMARY KEY, n int)",
                        "CREATE TABLE log (n int, line text)",
                        "ALTER TABLE log REPLICA IDENTITY FULL",
                        fill("items", 1, 1000),
                        fill("parts", 1, 300),
                        write(1, 300));
        PipelineClass wide = box.classLike(client.name(), "15m", box.layout().clickHouseUrl());
        PipelineClassSpec own = wide.getSpec();
        PipelineClassSpec.Topics topics = own.kafka().topics();
        wide.setSpec(new PipelineClassSpec(
                new PipelineClassSpec.Kafka(
                        own.kafka().namespace(),
                        own.kafka().cluster(),
                        own.kafka().listener(),
                        new PipelineClassSpec.Topics(
                                PARTITIONS, topics.replicas(), topics.retention(), topics.maxRecordBytes())),
                own.connect(),
                own.flink(),
                own.clickhouse(),
                own.teardownTimeout(),
                own.allowedNamespaces()));
        box.kubernetes().resource(wide).create();
        client.apply(
                spec -> withAppendOnlyLog(
                        SpecChange.onClass(spec, wide.getMetadata().getName())),
                "items",
                "parts");
        client.awaitReady();
        client.awaitEqual("items", "id");
        client.awaitEqual("parts", "id");
        awaitLog(client);
        return client;
    }

    private static String fill(String table, int from, int to) {
        return "INSERT INTO " + table + " SELECT n, 0 FROM generate_series(" + from + ", " + to
                + ") n ON CONFLICT (id) DO NOTHING";
    }

    private static TenantPipelineSpec withAppendOnlyLog(TenantPipelineSpec spec) {
        SourceTable log = new SourceTable("public", "log", null, null, null, WithoutKey.AppendOnly);
        return SpecChange.tables(
                spec,
                Stream.concat(spec.source().tables().stream(), Stream.of(log)).toList());
    }

    /** Each twice, so that rows are alike. */
    private static String write(int from, int to) {
        return "INSERT INTO log SELECT n, 'line' FROM generate_series(" + from + ", " + to
                + ") n, generate_series(1, 2)";
    }

    /** Nothing tells its rows apart, so they are counted. */
    private void awaitLog(Client client) {
        String counts = "SELECT string_agg(concat_ws(' ', n, line, c), ',' ORDER BY n)"
                + " FROM (SELECT n, line, count(*) AS c FROM log GROUP BY n, line) x";
        await("log of " + client.name()).atMost(Client.PATIENCE).untilAsserted(() -> assertThat(box.clickHouse()
                        .ask(
                                "SELECT arrayStringConcat(groupArray(concat(toString(n), ' ', line, ' ', toString(c))), ',')"
                                        + " FROM (SELECT n, line, count() AS c FROM " + client.sink("log")
                                        + " FINAL GROUP BY n, line ORDER BY n)"))
                .as(client::allConditions)
                .isEqualTo(client.database().value(counts)));
    }

    private void end(Client client) {
        client.deleteAndAwait();
        box.kubernetes().resources(PipelineClass.class).withName(client.name()).delete();
    }
}
