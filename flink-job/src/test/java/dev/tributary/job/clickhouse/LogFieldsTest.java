package dev.tributary.job.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.job.change.Specs;
import dev.tributary.job.source.RawRecord;
import dev.tributary.jobspec.JobSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Every line of the job says whose it is, in fields that a log store can be asked for. */
class LogFieldsTest {

    private static final WriterLimits LIMITS =
            new WriterLimits(10, Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofSeconds(10));

    /** What would break a pattern or JSON. */
    private static final String HOSTILE = "or\"d{ers} %m \\";

    private FakeClickHouse clickHouse;
    private LogLines log;

    @BeforeEach
    void start() throws IOException {
        clickHouse = new FakeClickHouse();
        log = new LogLines();
    }

    @AfterEach
    void stop() {
        log.close();
        clickHouse.close();
    }

    private BatchingWriter writer() {
        JobSpec spec = Specs.spec(
                clickHouse.url(),
                Specs.table("customers", List.of(Specs.ID), "id"),
                Specs.table(HOSTILE, List.of(Specs.ID), "id"));
        Connection connection = new Connection(spec, new Credentials("writer", "secret"), LIMITS);
        return new BatchingWriter(
                spec,
                "c0ffee",
                LIMITS,
                new WriterShare(1, 1 << 20),
                connection,
                new ManualClock(),
                new UnregisteredMetricsGroup());
    }

    private static void write(BatchingWriter writer, int table) throws InterruptedException {
        String event = Specs.event("c", "null", "{\"id\":1}", 1);
        writer.write(new RawRecord(table, 0, 1, event.getBytes(StandardCharsets.UTF_8)), null);
    }

    private static JsonNode about(List<JsonNode> lines, String text) {
        return lines.stream()
                .filter(line -> line.path("message").asText().contains(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line with " + text + " in " + lines));
    }

    @Test
    void everyLineIsOneJsonObjectThatNamesTenantPipelineAndTable() throws Exception {
        try (BatchingWriter writer = writer()) {
            writer.flush(false);
            clickHouse.failNext(252, 252);
            write(writer, 1);

            writer.flush(false);
        }

        List<JsonNode> lines = log.lines();
        assertThat(lines).hasSizeGreaterThanOrEqualTo(3).allSatisfy(line -> {
            assertThat(line.path("tenant").asText()).isEqualTo("acme");
            assertThat(line.path("pipeline").asText()).isEqualTo("shop");
            assertThat(line.path("time").asText()).matches("2[0-9-]{9}T[0-9:.]{12}Z");
            assertThat(line.path("logger").asText()).startsWith("dev.tributary.job.");
        });
        assertThat(about(lines, "trying again").path("table").asText()).isEqualTo(HOSTILE);
        assertThat(about(lines, "trying again").path("level").asText()).isEqualTo("WARN");
        assertThat(about(lines, "writing 2 tables").path("table").asText()).isEmpty();
    }

    /** For whoever gives Flink another log configuration. */
    @Test
    void theFieldsAreInTheMdc() throws Exception {
        MDC.put("flink-job-id", "0123");
        try (BatchingWriter writer = writer()) {
            writer.flush(false);
            clickHouse.failNext(252);
            write(writer, 0);

            writer.flush(false);
        } finally {
            MDC.remove("flink-job-id");
        }

        assertThat(log.fields()).hasSizeGreaterThanOrEqualTo(2).allSatisfy(fields -> assertThat(fields)
                .containsEntry("tenant", "acme")
                .containsEntry("pipeline", "shop")
                .containsEntry("flink-job-id", "0123"));
        assertThat(log.fields()).anySatisfy(fields -> assertThat(fields).containsEntry("table", "customers"));
    }

    @Test
    void aClosedWriterLeavesNoFieldsBehind() throws Exception {
        BatchingWriter writer = writer();

        writer.close();

        assertThat(MDC.get("tenant")).isNull();
        assertThat(MDC.get("pipeline")).isNull();
    }

    @Test
    void anErrorWithItsStackStaysOneLine() throws Exception {
        Exception error = new IllegalStateException("first\n\"second\"");

        LoggerFactory.getLogger("dev.tributary.job.Any").error("it stopped", error);

        assertThat(log.lines()).singleElement().satisfies(line -> assertThat(
                        line.path("error").asText().strip())
                .startsWith("java.lang.IllegalStateException: first\n\"second\"")
                .contains("\tat dev.tributary.job.clickhouse.LogFieldsTest"));
    }
}
