package dev.tributary.operator.flink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlinkErrorTest {

    @Test
    void theInnermostCauseSpeaks() {
        String error = """
                {"type":"org.apache.flink.util.SerializedThrowable","message":"Recovery is suppressed",
                 "throwableList":[{"message":"outer"},{"message":"SourceTruncated: table public.orders was truncated"}]}
                """;

        assertThat(FlinkError.firstLine(error)).isEqualTo("SourceTruncated: table public.orders was truncated");
    }

    /** What made it stop has texts of a library, with the number of a query. */
    @Test
    void aJobThatStoppedItselfSpeaksForWhatMadeItStop() {
        String error = """
                {"type":"java.lang.Exception","message":"Could not perform checkpoint 28","throwableList":[
                 {"type":"dev.tributary.job.JobStopped","message":"ClickHouseOverloaded: cannot write table acme.orders"},
                 {"type":"com.clickhouse.client.api.ServerException","message":"Code: 164. (queryId= e19a7b4f)"}]}
                """;

        assertThat(FlinkError.firstLine(error)).isEqualTo("ClickHouseOverloaded: cannot write table acme.orders");
    }

    @Test
    void aJobThatStoppedItselfIsFoundInTextThatFlinkHadWrapped() {
        String error = """
                {"type":"org.apache.flink.util.SerializedThrowable","message":"failed","throwableList":[
                 {"type":"org.apache.flink.util.SerializedThrowable",
                  "message":"dev.tributary.job.JobStopped: ClickHouseOverloaded: cannot write table acme.orders"},
                 {"type":"org.apache.flink.util.SerializedThrowable",
                  "message":"com.clickhouse.client.api.ServerException: Code: 164. (queryId= e19a7b4f)"}]}
                """;

        assertThat(FlinkError.firstLine(error)).isEqualTo("ClickHouseOverloaded: cannot write table acme.orders");
    }

    @Test
    void recordsThatExpiredAreALoss() {
        String error = """
                {"type":"java.lang.Exception","message":"failed","throwableList":[
                 {"type":"dev.tributary.job.JobStopped","message":"OffsetsExpired: topic a.b-0 begins at offset 7"},
                 {"type":"java.lang.IllegalStateException","message":"any"}]}
                """;

        assertThat(FlinkError.recordsExpired(error)).isTrue();
    }

    @Test
    void plainTextIsCutToItsFirstLine() {
        assertThat(FlinkError.firstLine("last-state needs high availability\nat x"))
                .isEqualTo("last-state needs high availability");
    }
}
