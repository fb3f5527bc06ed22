package dev.tributary.job.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.job.JobStopped;
import dev.tributary.job.change.Batch;
import dev.tributary.job.change.ChangeReader;
import dev.tributary.job.change.Specs;
import dev.tributary.job.change.TableLayout;
import dev.tributary.job.source.RawRecord;
import dev.tributary.jobspec.ColumnType;
import dev.tributary.jobspec.JobSpec;
import dev.tributary.jobspec.OutOfRange;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Prometheus reads of the job, through Flink's registry and reporter. */
class TableMetricsTest {

    private static final double MINUTE = 60_000;

    /** How long a test may take between making times and measuring them. */
    private static final double SLOW = 30_000;

    private static final String ORDERS = "table=\"orders\"";

    private static final TableLayout LAYOUT = TableLayout.of(
            Specs.spec("http://clickhouse:8123", Specs.table("orders", List.of(Specs.ID), "id")),
            Specs.table("orders", List.of(Specs.ID), "id"));

    private final ExportedMetrics exported = new ExportedMetrics();
    private final EventTime eventTime = new EventTime(exported.writer);
    private final TableMetrics metrics = new TableMetrics(exported.writer.addGroup("table", "orders"), eventTime);
    private final TableMetrics others = new TableMetrics(exported.writer.addGroup("table", "customers"), eventTime);
    private final Batch batch = new Batch(LAYOUT);

    @AfterEach
    void close() throws Exception {
        exported.close();
    }

    /** Changes committed so many minutes ago. */
    private void read(String op, int... minutesAgo) {
        ChangeReader reader = new ChangeReader(LAYOUT);
        for (int minutes : minutesAgo) {
            long offset = batch.rows();
            String event = Specs.event(
                    op,
                    "null",
                    "{\"id\":" + offset + "}",
                    offset + 1,
                    System.currentTimeMillis() - minutes * (long) MINUTE);
            reader.read(new RawRecord(0, 0, offset, event.getBytes(StandardCharsets.UTF_8)), batch);
        }
    }

    @Test
    void theLagOfATableIsASummaryWithItsLabels() throws Exception {
        read("u", 10, 2, 3);

        metrics.queryable(batch);

        assertThat(exported.lines()).contains("# TYPE flink_taskmanager_job_task_operator_table_lagMillis summary");
        assertThat(exported.lines().stream().filter(line -> line.contains("lagMillis{") && line.contains(ORDERS)))
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(line).contains("tenant=\"acme\"", "pipeline=\"shop\"", ORDERS, "quantile="));
        assertThat(exported.value("table_lagMillis", ORDERS, "quantile=\"0.5\""))
                .isCloseTo(3 * MINUTE, within(SLOW));
        assertThat(exported.value("table_lagMillis", ORDERS, "quantile=\"0.99\""))
                .isCloseTo(10 * MINUTE, within(SLOW));
        assertThat(exported.value("table_lagMillis_count", ORDERS)).isEqualTo(3);
    }

    @Test
    void rowsReadByASnapshotHaveNoLag() throws Exception {
        read("r", 10_000);

        metrics.queryable(batch);

        assertThat(exported.value("table_lagMillis_count", ORDERS)).isZero();
        assertThat(exported.value("table_lateRecords", ORDERS)).isZero();
        assertThat(exported.value("table_worstLatenessMillis", ORDERS)).isZero();
    }

    @Test
    void theNewestCommitIsToldOfEachTableAndOfAll() throws Exception {
        read("u", 20, 10, 30);
        metrics.queryable(batch);
        batch.clear();
        read("u", 5);
        read("r", 0);

        others.queryable(batch);

        assertThat(exported.value("table_eventTimeLagMillis", ORDERS)).isCloseTo(10 * MINUTE, within(SLOW));
        assertThat(exported.value("table_eventTimeLagMillis", "table=\"customers\""))
                .isCloseTo(5 * MINUTE, within(SLOW));
        assertThat(exported.value("eventTimeLagMillis")).isCloseTo(5 * MINUTE, within(SLOW));
        assertThat(exported.value("newestCommitMillis"))
                .isEqualTo(exported.value("table_newestCommitMillis", "table=\"customers\""))
                .isCloseTo(System.currentTimeMillis() - 5 * MINUTE, within(SLOW));
    }

    @Test
    void whileNothingIsWrittenThereIsNoEventTime() throws Exception {
        read("r", 0);

        metrics.queryable(batch);

        assertThat(exported.value("table_newestCommitMillis", ORDERS)).isNaN();
        assertThat(exported.value("eventTimeLagMillis")).isNaN();
    }

    /** The spec says an hour. */
    @Test
    void lateChangesAreCountedAndTheWorstIsKept() throws Exception {
        read("u", 59, 61, 120);
        metrics.queryable(batch);
        batch.clear();
        read("r", 10_000);
        read("u", 61, 0);

        metrics.queryable(batch);

        assertThat(exported.value("table_lateRecords", ORDERS)).isEqualTo(3);
        assertThat(exported.value("table_worstLatenessMillis", ORDERS)).isCloseTo(120 * MINUTE, within(SLOW));
    }

    @Test
    void aClockBehindTheSourcesMakesNoLagBelowZero() throws Exception {
        read("c", -10);

        metrics.queryable(batch);

        assertThat(exported.value("table_lagMillis", ORDERS, "quantile=\"0.5\""))
                .isZero();
    }

    @Test
    void valuesThatOthersStandForAreCounted() throws Exception {
        JobSpec.Table terms = Specs.table(
                "terms",
                List.of(
                        Specs.ID,
                        new JobSpec.Column("day", new ColumnType.Date(), true, OutOfRange.CLAMP),
                        new JobSpec.Column("at", new ColumnType.Timestamp(), true, OutOfRange.NULL)),
                "id");
        TableLayout layout = TableLayout.of(Specs.spec("http://clickhouse:8123", terms), terms);
        Batch bent = new Batch(layout);
        ChangeReader reader = new ChangeReader(layout);
        for (String row : List.of(
                "{\"id\":1,\"day\":2932896,\"at\":9223372036825200000}",
                "{\"id\":2,\"day\":2932896,\"at\":null}",
                "{\"id\":3,\"day\":0,\"at\":0}")) {
            reader.read(record(Specs.event("c", "null", row, 7)), bent);
        }
        RawRecord abandoned = record(Specs.event("c", "null", "{\"id\":4,\"day\":2932896,\"at\":true}", 8));
        assertThatThrownBy(() -> reader.read(abandoned, bent)).isInstanceOf(JobStopped.class);
        bent.abandonRow();

        metrics.queryable(bent);

        assertThat(exported.value("table_clampedValues", ORDERS)).isEqualTo(2);
        assertThat(exported.value("table_nulledValues", ORDERS)).isEqualTo(1);
    }

    private static RawRecord record(String event) {
        return new RawRecord(0, 0, 0, event.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void insertsAreCounted() throws Exception {
        read("c", 0, 0, 0);
        metrics.retried();

        metrics.inserted(batch, 700, Duration.ofMillis(40));

        assertThat(exported.value("table_rowsWritten", ORDERS)).isEqualTo(3);
        assertThat(exported.value("table_bytesWritten", ORDERS)).isEqualTo(700);
        assertThat(exported.value("table_batches", ORDERS)).isEqualTo(1);
        assertThat(exported.value("table_insertMillis", ORDERS)).isEqualTo(40);
        assertThat(exported.value("table_retries", ORDERS)).isEqualTo(1);
    }

    @Test
    void everyNameIsInThePage() throws Exception {
        String page = Files.readString(Path.of("../docs/metrics.md"));

        Set<String> names = exported.lines().stream()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ")[2])
                .filter(name -> !name.matches(".*_operator_num(Records|Bytes).*"))
                .collect(Collectors.toSet());

        assertThat(names).hasSizeGreaterThan(5).allSatisfy(name -> assertThat(page)
                .contains("| `" + name + "` |"));
    }
}
