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

    @Test
    void plainTextIsCutToItsFirstLine() {
        assertThat(FlinkError.firstLine("last-state needs high availability\nat x"))
                .isEqualTo("last-state needs high availability");
    }
}
