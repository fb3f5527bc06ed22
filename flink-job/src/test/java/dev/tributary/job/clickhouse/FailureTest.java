package dev.tributary.job.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.clickhouse.client.api.ServerException;
import dev.tributary.job.StopReason;
import java.net.ConnectException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {

    @ParameterizedTest
    @CsvSource({
        "252, CLICKHOUSE_OVERLOADED, true",
        "241, CLICKHOUSE_OVERLOADED, true",
        "242, CLICKHOUSE_OVERLOADED, true",
        "516, CLICKHOUSE_ACCESS_DENIED, true",
        "497, CLICKHOUSE_ACCESS_DENIED, true",
        "159, CLICKHOUSE_UNREACHABLE, true",
        "0, CLICKHOUSE_UNREACHABLE, true",
        "60, CLICKHOUSE_REFUSED, false",
        "16, CLICKHOUSE_REFUSED, false",
        "53, CLICKHOUSE_REFUSED, false",
        "349, CLICKHOUSE_REFUSED, false"
    })
    void clickHousesCodesSayWhetherToTryAgain(int code, StopReason reason, boolean retriable) {
        Failure failure = Failure.of(new ExecutionException(new ServerException(code, "x", 500, "")));

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.retriable()).isEqualTo(retriable);
    }

    @Test
    void noConnectionMayPass() {
        Failure failure = Failure.of(new IllegalStateException("outer", new ConnectException("Connection refused")));

        assertThat(failure)
                .isEqualTo(
                        new Failure(StopReason.CLICKHOUSE_UNREACHABLE, true, "ConnectException: Connection refused"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    Cannot parse 'a secret' as Int64: while 'x'  | Cannot parse '...' as Int64: while '...'
                    Syntax error at 9: ('\\x27\\'', 'b')           | Syntax error at 9: ('...', '...')
                    cut off in 'the mid                          | cut off in '...'
                    nothing to hide                              | nothing to hide
                    """)
    void literalsAreLeftOut(String message, String shown) {
        Failure failure = Failure.of(new ServerException(6, message, 500, ""));

        assertThat(failure.withoutLiterals().text()).isEqualTo(shown);
    }

    @Test
    void theTextIsTheSameEachTime() {
        String message =
                "Code: 60. DB::Exception: Table acme.x does not exist. (UNKNOWN_TABLE) (version 26.7.2.1 (official"
                        + " build)) (queryId= 60706980-0f5d-4976-b2b9-849e1adf1ef4)\nStack trace";

        Failure failure = Failure.of(new ServerException(60, message, 404, ""));

        assertThat(failure.text()).isEqualTo("Code: 60. DB::Exception: Table acme.x does not exist. (UNKNOWN_TABLE)");
    }
}
