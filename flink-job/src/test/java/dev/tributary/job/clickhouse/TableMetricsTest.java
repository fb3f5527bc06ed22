package dev.tributary.job.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.job.change.Batch;
import dev.tributary.job.change.ChangeReader;
import dev.tributary.job.change.Specs;
import dev.tributary.job.change.TableLayout;
import dev.tributary.job.source.RawRecord;
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

    private static final TableLayout LAYOUT = TableLayout.of(
            Specs.spec("http://clickhouse:8123", Specs.table("orders", List.of(Specs.ID), "id")),
            Specs.table("orders", List.of(Specs.ID), "id"));

    private final ExportedMetrics exported = new ExportedMetrics();
    private final TableMetrics metrics = new TableMetrics(exported.writer, "orders");
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

        metrics.queryable(batch.commitTimes());

        assertThat(exported.lines()).contains("# TYPE flink_taskmanager_job_task_operator_table_lagMillis summary");
        assertThat(exported.lines().stream().filter(line -> line.contains("lagMillis{")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .contains("tenant=\"acme\"", "pipeline=\"shop\"", "table=\"orders\"", "quantile="));
        assertThat(exported.value("table_lagMillis", "quantile=\"0.5\"")).isCloseTo(3 * MINUTE, within(SLOW));
        assertThat(exported.value("table_lagMillis", "quantile=\"0.99\"")).isCloseTo(10 * MINUTE, within(SLOW));
        assertThat(exported.value("table_lagMillis_count", "")).isEqualTo(3);
    }

    @Test
    void rowsReadByASnapshotHaveNoLag() throws Exception {
        read("r", 10_000);

        metrics.queryable(batch.commitTimes());

        assertThat(exported.value("table_lagMillis_count", "")).isZero();
        assertThat(exported.value("table_lateRecords", "")).isZero();
        assertThat(exported.value("table_worstLatenessMillis", "")).isZero();
    }

    /** The spec says an hour. */
    @Test
    void lateChangesAreCountedAndTheWorstIsKept() throws Exception {
        read("u", 59, 61, 120);
        metrics.queryable(batch.commitTimes());
        batch.clear();
        read("r", 10_000);
        read("u", 61, 0);

        metrics.queryable(batch.commitTimes());

        assertThat(exported.value("table_lateRecords", "table=\"orders\"")).isEqualTo(3);
        assertThat(exported.value("table_worstLatenessMillis", "table=\"orders\""))
                .isCloseTo(120 * MINUTE, within(SLOW));
    }

    @Test
    void aClockBehindTheSourcesMakesNoLagBelowZero() throws Exception {
        read("c", -10);

        metrics.queryable(batch.commitTimes());

        assertThat(exported.value("table_lagMillis", "quantile=\"0.5\"")).isZero();
    }

    @Test
    void insertsAreCounted() throws Exception {
        read("c", 0, 0, 0);
        metrics.retried();

        metrics.inserted(batch, 700, Duration.ofMillis(40));

        assertThat(exported.value("table_rowsWritten", "table=\"orders\"")).isEqualTo(3);
        assertThat(exported.value("table_bytesWritten", "table=\"orders\"")).isEqualTo(700);
        assertThat(exported.value("table_batches", "table=\"orders\"")).isEqualTo(1);
        assertThat(exported.value("table_insertMillis", "table=\"orders\"")).isEqualTo(40);
        assertThat(exported.value("table_retries", "table=\"orders\"")).isEqualTo(1);
    }

    @Test
    void everyNameIsInThePage() throws Exception {
        String page = Files.readString(Path.of("../docs/metrics.md"));

        Set<String> names = exported.lines().stream()
                .filter(line -> line.startsWith("# TYPE flink_taskmanager_job_task_operator_table_"))
                .map(line -> line.split(" ")[2])
                .collect(Collectors.toSet());

        assertThat(names).hasSizeGreaterThan(5).allSatisfy(name -> assertThat(page)
                .contains("| `" + name + "` |"));
    }
}
