package dev.tributary.job.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tributary.job.JobStopped;
import dev.tributary.job.change.Specs;
import dev.tributary.job.source.RawRecord;
import dev.tributary.jobspec.JobSpec;
import dev.tributary.jobspec.OnBadRecord;
import dev.tributary.jobspec.OnTruncate;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchingWriterTest {

    private static final int ROWS = 10;
    private static final long BYTES = 1 << 20;
    private static final WriterLimits LIMITS =
            new WriterLimits(ROWS, Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofSeconds(10));

    private static final String NINE = "{\"id\":9}";

    private final ManualClock clock = new ManualClock();
    private FakeClickHouse clickHouse;
    private BatchingWriter writer;

    @BeforeEach
    void open() throws IOException {
        clickHouse = new FakeClickHouse();
        writer = writer(BYTES);
    }

    private BatchingWriter writer(long bytesToFill) {
        return writer(bytesToFill, JobSpec.Policies.CAREFUL);
    }

    private BatchingWriter writer(long bytesToFill, JobSpec.Policies policies) {
        return writer(bytesToFill, policies, new UnregisteredMetricsGroup());
    }

    private BatchingWriter writer(long bytesToFill, JobSpec.Policies policies, MetricGroup metrics) {
        JobSpec spec = Specs.spec(
                clickHouse.url(),
                policies,
                Specs.table("orders", List.of(Specs.ID), "id"),
                Specs.table("customers", List.of(Specs.ID), "id"));
        Connection connection = new Connection(spec, new Credentials("writer", "secret"), LIMITS);
        return new BatchingWriter(spec, "c0ffee", LIMITS, new WriterShare(1, bytesToFill), connection, clock, metrics);
    }

    @AfterEach
    void close() {
        writer.close();
        clickHouse.close();
    }

    private void write(int table, int from, int to) throws InterruptedException {
        for (int id = from; id < to; id++) {
            String event = Specs.event("c", "null", "{\"id\":" + id + "}", id + 1);
            writer.write(new RawRecord(table, 0, id, event.getBytes(StandardCharsets.UTF_8)), null);
        }
    }

    private Stream<Object> ids(String table) {
        return clickHouse.accepted().stream()
                .filter(insert -> insert.statement().contains("`" + table + "`"))
                .flatMap(insert -> insert.rows().stream())
                .map(row -> row.get("id"));
    }

    @Test
    void aCheckpointCompletesWhenEverythingIsThere() throws Exception {
        write(0, 0, 25);
        write(1, 0, 3);

        writer.flush(false);

        assertThat(ids("orders")).hasSize(25).doesNotHaveDuplicates();
        assertThat(ids("customers")).containsExactly(0L, 1L, 2L);
    }

    @Test
    void aFullBatchIsSentWithoutACheckpoint() throws Exception {
        write(0, 0, ROWS);

        await().untilAsserted(() -> assertThat(ids("orders")).hasSize(ROWS));
    }

    @Test
    void allTablesAreSentWhenTogetherTheyHoldEnough() throws Exception {
        writer.close();
        writer = writer(200);

        write(0, 0, 3);
        write(1, 0, 3);

        await().untilAsserted(() -> {
            assertThat(ids("orders")).isNotEmpty();
            assertThat(ids("customers")).isNotEmpty();
        });
    }

    @Test
    void noRowWaitsLongerThanTheInterval() throws Exception {
        writer.flush(false);
        write(0, 0, 1);

        clock.advance(LIMITS.interval().toMillis());

        await().untilAsserted(() -> assertThat(ids("orders")).containsExactly(0L));
    }

    @Test
    void nothingIsDroppedWhileClickHouseFails() throws Exception {
        writer.flush(false);
        clickHouse.failNext(252, 241, 202);

        write(0, 0, 35);
        writer.flush(false);

        assertThat(clickHouse.refused()).hasSize(3);
        assertThat(ids("orders")).hasSize(35).doesNotHaveDuplicates();
    }

    @Test
    void aRefusedInsertFailsTheCheckpoint() throws Exception {
        writer.flush(false);
        clickHouse.failNext(60);
        write(0, 0, 1);

        assertThatThrownBy(() -> writer.flush(false))
                .isInstanceOf(JobStopped.class)
                .hasMessageStartingWith("ClickHouseRefused: ");
    }

    @Test
    void aRefusedInsertFailsTheJobThoughNothingElseArrives() throws Exception {
        writer.flush(false);
        clickHouse.failNext(60);
        write(0, 0, ROWS);

        await().untilAsserted(
                        () -> assertThatThrownBy(() -> clock.advance(1000)).isInstanceOf(JobStopped.class));
    }

    @Test
    void theLagOfATableIsMeasuredWhenItsBatchIsThere() throws Exception {
        writer.close();
        try (ExportedMetrics exported = new ExportedMetrics()) {
            writer = writer(BYTES, JobSpec.Policies.CAREFUL, exported.writer);
            write(0, 0, 3);

            writer.flush(false);

            assertThat(exported.value("table_lagMillis_count", "table=\"orders\""))
                    .isEqualTo(3);
            assertThat(exported.value("table_lagMillis_count", "table=\"customers\""))
                    .isZero();
        }
    }

    @Test
    void anIdleWriterSendsNothing() throws Exception {
        writer.flush(false);
        clock.advance(5000);
        writer.flush(true);

        assertThat(clickHouse.accepted()).isEmpty();
    }

    @Test
    void aTruncationComesAfterWhatWasReadBeforeIt() throws Exception {
        writer.close();
        writer = writer(BYTES, new JobSpec.Policies(OnTruncate.APPLY, OnBadRecord.STOP));
        write(0, 0, 3);

        String truncation = Specs.event("t", "null", "null", 3);
        writer.write(new RawRecord(0, 0, 3, truncation.getBytes(StandardCharsets.UTF_8)), null);
        write(0, 0, 5);
        writer.flush(false);

        // What it asks when it starts comes first.
        assertThat(clickHouse.statements().subList(2, 6))
                .satisfiesExactly(
                        rows -> assertThat(rows).startsWith("INSERT INTO `acme`.`orders`"),
                        floor -> assertThat(floor)
                                .startsWith("INSERT INTO `_tributary_acme`.`floors`")
                                .endsWith("toUInt128('" + version(3) + "'))"),
                        sweep -> assertThat(sweep)
                                .isEqualTo("DELETE FROM `acme`.`orders` WHERE `_version` < toUInt128('" + version(3)
                                        + "')"),
                        later -> assertThat(later).startsWith("INSERT INTO `acme`.`orders`"));
        assertThat(ids("orders")).as("and what is older no more").containsExactly(0L, 1L, 2L, 2L, 3L, 4L);
    }

    private static BigInteger version(long position) {
        return BigInteger.valueOf(7).shiftLeft(112).add(BigInteger.valueOf(position));
    }

    @Test
    void aBadRecordIsInQuarantineWhenTheCheckpointCompletes() throws Exception {
        writer.close();
        writer = writer(BYTES, new JobSpec.Policies(OnTruncate.STOP, OnBadRecord.QUARANTINE));
        write(0, 0, 2);
        String bad = Specs.event("c", "null", "{\"id\":null}", 9);
        writer.write(
                new RawRecord(
                        0, 0, 2, bad.getBytes(StandardCharsets.UTF_8), NINE.getBytes(StandardCharsets.UTF_8), null),
                null);
        write(0, 3, 5);

        writer.flush(false);

        assertThat(ids("orders")).containsExactly(0L, 1L, 3L, 4L);
        assertThat(clickHouse.accepted())
                .filteredOn(insert -> insert.statement().contains("`quarantine`"))
                .singleElement()
                .satisfies(insert -> assertThat(new String(insert.block(), StandardCharsets.UTF_8))
                        .contains("NotNullViolated", "acme.shop.public.orders", NINE, bad, "Open"));
    }

    @Test
    void aBadRecordStopsWithoutAPolicy() {
        String bad = Specs.event("c", "null", "{\"id\":null}", 9);

        assertThatThrownBy(() -> writer.write(new RawRecord(0, 0, 2, bad.getBytes(StandardCharsets.UTF_8)), null))
                .isInstanceOf(JobStopped.class)
                .hasMessageStartingWith("NotNullViolated: ");
    }
}
