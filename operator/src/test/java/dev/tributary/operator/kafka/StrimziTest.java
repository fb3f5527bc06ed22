package dev.tributary.operator.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.operator.kafka.Strimzi.Condition;
import dev.tributary.operator.kafka.Strimzi.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrimziTest {

    @Test
    void conditionsOfAnOlderGenerationSayNothing() {
        assertThat(Strimzi.verdict(2L, 1L, List.of(new Condition("Ready", "True", null, null))))
                .isEqualTo(new Verdict.Waiting());
    }

    @Test
    void aConnectorsErrorIsNotReadyTrue() {
        assertThat(Strimzi.verdict(
                        1L, 1L, List.of(new Condition("NotReady", "True", "ConnectRestException", "PUT returned 400"))))
                .isEqualTo(new Verdict.NotReady("ConnectRestException", "PUT returned 400"));
    }

    /** As Strimzi words the answer of Connect's REST API; 409 is a rebalance, and over in a moment. */
    @Test
    void onlyANewConnectorThatConnectRefusesIsTurnedDown() {
        assertThat(new Verdict.NotReady(
                                "ConnectRestException",
                                "POST /connectors returned 400 (Bad Request): Connector configuration is invalid")
                        .turnedDown())
                .isTrue();
        assertThat(new Verdict.NotReady(
                                "ConnectRestException",
                                "PUT /connectors/shop/config returned 400 (Bad Request): Connector configuration is invalid")
                        .turnedDown())
                .isFalse();
        assertThat(new Verdict.NotReady("ConnectRestException", "POST /connectors returned 409 (Conflict): rebalance")
                        .turnedDown())
                .isFalse();
    }

    @Test
    void aTopicsErrorIsReadyFalse() {
        assertThat(Strimzi.verdict(1L, 1L, List.of(new Condition("Ready", "False", "KafkaError", "no"))))
                .isEqualTo(new Verdict.NotReady("KafkaError", "no"));
    }

    @Test
    void aTopicLetGoIsUnmanaged() {
        assertThat(Strimzi.verdict(1L, 1L, List.of(new Condition("Unmanaged", "True", null, null))))
                .isEqualTo(new Verdict.Unmanaged());
    }

    @Test
    void theInnermostCauseOfATraceSpeaks() {
        String trace = """
                org.apache.kafka.connect.errors.ConnectException: Could not start
                \tat a.B.c(B.java:1)
                Caused by: io.debezium.DebeziumException: outer
                \tat d.E.f(E.java:2)
                Caused by: org.postgresql.util.PSQLException: FATAL: password authentication failed
                \t... 7 more
                """;

        assertThat(ConnectTrace.cause(trace))
                .isEqualTo("org.postgresql.util.PSQLException: FATAL: password authentication failed");
    }

    @Test
    void aRowThatIsTooLargeComesWithItsRemedy() {
        String trace = """
                org.apache.kafka.connect.errors.ConnectException: Unrecoverable exception from producer send callback
                Caused by: org.apache.kafka.common.errors.RecordTooLargeException: The message is 288123 bytes
                """;

        assertThat(ConnectTrace.cause(trace)).contains("288123 bytes", "kafka.topics.maxRecordBytes");
    }

    @Test
    void whatIsAnnouncedInOneLineIsReadInTheNext() {
        String message = """
                Connector configuration is invalid and contains the following 1 error(s):
                Error while validating connector config: The connection attempt failed.
                You can also find the above list of errors at the endpoint
                """;

        assertThat(ConnectTrace.cause(message)).endsWith("The connection attempt failed.");
    }
}
