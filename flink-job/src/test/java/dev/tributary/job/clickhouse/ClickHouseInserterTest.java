package dev.tributary.job.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.job.JobStopped;
import dev.tributary.job.change.Batch;
import dev.tributary.job.change.ChangeReader;
import dev.tributary.job.change.Specs;
import dev.tributary.job.change.TableLayout;
import dev.tributary.job.source.RawRecord;
import dev.tributary.jobspec.ColumnType;
import dev.tributary.jobspec.JobSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ClickHouseInserterTest {

    private static final long FILL_BYTES = 1 << 20;
    private static final Credentials WRITER = new Credentials("writer", "secret");
    private static final JobSpec.Table ORDERS =
            Specs.table("or`ders", List.of(Specs.ID, new JobSpec.Column("a b", new ColumnType.Text(), true)), "id");
    private static final WriterLimits LIMITS =
            new WriterLimits(100, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(10));
    private static final WriterLimits IMPATIENT =
            new WriterLimits(100, Duration.ofSeconds(1), Duration.ofMillis(300), Duration.ofMillis(500));

    private final TableMetrics metrics =
            new TableMetrics(new UnregisteredMetricsGroup(), new EventTime(new UnregisteredMetricsGroup()));
    private FakeClickHouse clickHouse;

    @BeforeEach
    void start() throws IOException {
        clickHouse = new FakeClickHouse();
    }

    @AfterEach
    void stop() {
        clickHouse.close();
    }

    private static Batch batch() {
        return batch("x");
    }

    private static Batch batch(String text) {
        TableLayout layout = Specs.layout(ORDERS);
        Batch batch = new Batch(layout);
        ChangeReader reader = new ChangeReader(layout);
        for (int offset = 5; offset < 8; offset++) {
            String event = Specs.event("c", "null", "{\"id\":" + offset + ",\"a b\":\"" + text + "\"}", offset);
            reader.read(new RawRecord(0, 2, offset, event.getBytes(StandardCharsets.UTF_8)), batch);
        }
        return batch;
    }

    private static Connection connection(String url, WriterLimits limits) {
        return new Connection(Specs.spec(url, ORDERS), WRITER, limits);
    }

    private static ClickHouseInserter inserter(Connection connection) {
        return new ClickHouseInserter(Specs.spec("http://clickhouse:8123", ORDERS), "c0ffee", connection);
    }

    @Test
    void aBatchIsInsertedOnceWithEveryNameQuotedAndNothingLeftToDefaults() throws Exception {
        try (Connection connection = connection(clickHouse.url(), LIMITS)) {
            ClickHouseInserter inserter = inserter(connection);
            inserter.insert(batch(), FILL_BYTES, metrics);
        }

        assertThat(clickHouse.accepted()).hasSize(1);
        FakeClickHouse.Insert insert = clickHouse.accepted().get(0);
        assertThat(insert.statement())
                .startsWith(
                        "INSERT INTO `acme`.`or\\`ders` (`id`, `a b`, `_version`, `_deleted`, `_op`, `_source_ts`, `_tenant`")
                .endsWith("FORMAT Native");
        assertThat(insert.parameters())
                .containsEntry("async_insert", "0")
                .containsEntry("optimize_on_insert", "0")
                .containsEntry("input_format_null_as_default", "0")
                .containsEntry("input_format_native_allow_types_conversion", "0");
        assertThat(insert.token()).startsWith("or`ders|7|c0ffee|2:5-7|");
        assertThat(insert.rows()).extracting(row -> row.get("id")).containsExactly(5L, 6L, 7L);
    }

    @Test
    void afterAPassingErrorTheSameBlockIsSentWithTheSameToken() throws Exception {
        clickHouse.failNext(252, 241, 516);

        try (Connection connection = connection(clickHouse.url(), LIMITS)) {
            ClickHouseInserter inserter = inserter(connection);
            inserter.insert(batch(), FILL_BYTES, metrics);
        }

        assertThat(clickHouse.refused()).hasSize(3);
        FakeClickHouse.Insert accepted = clickHouse.accepted().get(0);
        assertThat(clickHouse.refused()).allSatisfy(refused -> {
            assertThat(refused.token()).isEqualTo(accepted.token());
            assertThat(refused.block()).isEqualTo(accepted.block());
        });
    }

    @Test
    void aRefusalStopsAtOnce() {
        clickHouse.failNext(60);

        try (Connection connection = connection(clickHouse.url(), LIMITS)) {
            ClickHouseInserter inserter = inserter(connection);
            assertThatThrownBy(() -> inserter.insert(batch(), FILL_BYTES, metrics))
                    .isInstanceOf(JobStopped.class)
                    .hasMessage("ClickHouseRefused: cannot write table acme.or`ders (offsets 2:5-7 of"
                            + " acme.shop.public.or`ders): Code: 60. DB::Exception: no");
        }

        assertThat(clickHouse.accepted()).isEmpty();
        assertThat(clickHouse.refused()).hasSize(1);
    }

    @Test
    void patienceEndsWithTheReasonOfTheLastAttempt() {
        clickHouse.failAlways();

        try (Connection connection = connection(clickHouse.url(), IMPATIENT)) {
            ClickHouseInserter inserter = inserter(connection);
            assertThatThrownBy(() -> inserter.insert(batch(), FILL_BYTES, metrics))
                    .isInstanceOf(JobStopped.class)
                    .hasMessageStartingWith("ClickHouseOverloaded: cannot write table acme.or`ders for ");
        }
    }

    @Test
    void aServerThatAcceptsAndNeverAnswersIsUnreachable() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                Connection connection = connection("http://127.0.0.1:" + silent.getLocalPort(), IMPATIENT)) {
            ClickHouseInserter inserter = inserter(connection);
            assertThatThrownBy(() -> inserter.insert(batch(), FILL_BYTES, metrics))
                    .isInstanceOf(JobStopped.class)
                    .hasMessageStartingWith("ClickHouseUnreachable: ");
        }
    }

    /** Its socket's buffers fill, and a time-out for reading does not end a write. */
    @Test
    @Timeout(20)
    void aServerThatStopsReadingIsUnreachable() throws Exception {
        try (ServerSocket frozen = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                Connection connection = connection("http://127.0.0.1:" + frozen.getLocalPort(), IMPATIENT)) {
            ClickHouseInserter inserter = inserter(connection);
            assertThatThrownBy(() -> inserter.insert(batch("x".repeat(8 << 20)), FILL_BYTES, metrics))
                    .isInstanceOf(JobStopped.class)
                    .hasMessageStartingWith("ClickHouseUnreachable: ");
        }
    }

    private static Batch unchanged() {
        TableLayout layout = Specs.layout(ORDERS);
        Batch batch = new Batch(layout);
        String event = Specs.event("u", "null", "{\"id\":5,\"a b\":\"" + Specs.PLACEHOLDER + "\"}", 20);
        new ChangeReader(layout).read(new RawRecord(0, 2, 7, event.getBytes(StandardCharsets.UTF_8)), batch);
        return batch;
    }

    /** A row with id 5, its version and the text x, in RowBinary. */
    private static byte[] stored() {
        ByteBuffer row = ByteBuffer.allocate(28).order(ByteOrder.LITTLE_ENDIAN);
        row.putLong(5).putLong(10).putLong(7L << 48).put((byte) 0);
        return row.put(new byte[] {0, 1, 'x'}).array();
    }

    @Test
    void whatWasNotChangedIsReadBeforeTheRowIsWritten() throws Exception {
        clickHouse.answerNext(stored());

        try (Connection connection = connection(clickHouse.url(), LIMITS)) {
            ClickHouseInserter inserter = inserter(connection);
            inserter.insert(unchanged(), FILL_BYTES, metrics);
        }

        assertThat(clickHouse.questions())
                .containsExactly("SELECT `id`, `_version`, `_deleted`, `a b` FROM `acme`.`or\\`ders` WHERE (`id`) IN"
                        + " (('\\x35')) AND (`id`, `_version`) IN (SELECT `id`, max(`_version`) FROM"
                        + " `acme`.`or\\`ders` WHERE (`id`) IN (('\\x35')) GROUP BY `id`) LIMIT 1 BY `id`");
        assertThat(clickHouse.accepted()).singleElement().satisfies(insert -> assertThat(insert.rows())
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("id", 5L).containsEntry("a b", "x")));
    }

    @Test
    void aReadIsTriedAgainLikeAnInsertAlsoWhenItsAnswerBreaksOff() throws Exception {
        clickHouse.failNext(241, 516);
        clickHouse.answerNext(Arrays.copyOf(stored(), 20));
        clickHouse.answerNext(stored());

        try (Connection connection = connection(clickHouse.url(), LIMITS)) {
            ClickHouseInserter inserter = inserter(connection);
            inserter.insert(unchanged(), FILL_BYTES, metrics);
        }

        assertThat(clickHouse.refused()).hasSize(2);
        assertThat(clickHouse.questions()).hasSize(2);
        assertThat(clickHouse.accepted()).hasSize(1);
    }

    @Test
    void aReadThatIsRefusedStops() {
        clickHouse.failNext(60);

        try (Connection connection = connection(clickHouse.url(), LIMITS)) {
            ClickHouseInserter inserter = inserter(connection);
            assertThatThrownBy(() -> inserter.insert(unchanged(), FILL_BYTES, metrics))
                    .isInstanceOf(JobStopped.class)
                    .hasMessage("ClickHouseRefused: cannot read table acme.or`ders (offsets 2:7-7 of"
                            + " acme.shop.public.or`ders): Code: 60. DB::Exception: no to '...'");
        }
    }

    @Test
    void closingEndsTheWaiting() {
        clickHouse.failAlways();
        Connection connection = connection(clickHouse.url(), LIMITS);
        ClickHouseInserter inserter = inserter(connection);
        CompletableFuture<Throwable> outcome = CompletableFuture.supplyAsync(() -> {
            try {
                inserter.insert(batch(), FILL_BYTES, metrics);
                return new AssertionError("inserted");
            } catch (InterruptedException e) {
                return e;
            }
        });

        connection.close();

        assertThat(outcome).succeedsWithin(5, TimeUnit.SECONDS).isInstanceOf(InterruptedException.class);
    }
}
