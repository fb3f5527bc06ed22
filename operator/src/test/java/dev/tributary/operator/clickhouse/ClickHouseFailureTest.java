package dev.tributary.operator.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClickHouseFailureTest {

    private static final String URL = "http://clickhouse:8123";

    /** As clickhouse-jdbc and the server word it; a text that changes from try to try would make a status flap. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Code: 81. DB::Exception: Database nodb does not exist. (UNKNOWN_DATABASE)   (queryId= 8f50ecde-583e-4941-88d2-778d3b36f340)",
                "Code: 81. DB::Exception: Database nodb does not exist. (UNKNOWN_DATABASE) (version 26.7.2.1)\n",
                "Code: 81. DB::Exception: Database nodb does not exist. (UNKNOWN_DATABASE) (query_id: 8f50ecde)"
            })
    void whatChangesFromTryToTryIsLeftOut(String text) {
        Refusal refusal = ClickHouseFailure.of(URL, new SQLException(text)).during("table nodb.x");

        assertThat(refusal)
                .isEqualTo(new Refusal.Failed(
                        "ClickHouse refuses table nodb.x with error 81: Database nodb does not exist."
                                + " (UNKNOWN_DATABASE)"));
    }

    @ParameterizedTest
    @ValueSource(ints = {192, 193, 194, 516})
    void aRefusedLoginIsNamed(int code) {
        Refusal refusal = ClickHouseFailure.of(URL, new SQLException("Code: " + code + ". DB::Exception: secret"))
                .during("database acme");

        assertThat(refusal).isInstanceOf(Refusal.AccessDenied.class);
        assertThat(refusal.message()).contains(URL).doesNotContain("secret");
    }

    @Test
    void anEngineThatIsAwayMayComeBack() {
        SQLException failure = new SQLException("no", new ConnectException("Connection refused"));

        assertThat(ClickHouseFailure.of(URL, failure).during("database acme")).isInstanceOf(Refusal.Unreachable.class);
    }

    /** ClickHouse 26.7 does not tell the column. */
    @Test
    void aCodecThatDoesNotFitIsToldWithTheColumnsThatHaveIt() {
        SQLException e = new SQLException(
                "Code: 36. DB::Exception: Codec Delta is not applicable for String because the data type"
                        + " is not of fixed size. (BAD_ARGUMENTS) (version 26.7.3.1)");
        TablePlan plan = new TablePlan(
                new Identifier("acme"),
                new Identifier("orders"),
                "acme/shop",
                "public.orders",
                List.of(),
                List.of("id"),
                Map.of(
                        "note",
                        Codec.parse("Delta, ZSTD").orElseThrow(),
                        "total",
                        Codec.parse("DoubleDelta").orElseThrow()));

        Refusal refusal = ClickHouseFailure.of("http://clickhouse:8123", e).making(plan);

        assertThat(refusal)
                .isEqualTo(new Refusal.Failed("ClickHouse refuses table acme.orders with error 36: Codec Delta is not"
                        + " applicable for String because the data type is not of fixed size. (BAD_ARGUMENTS) Correct the"
                        + " codec of column note in spec.source.tables[].columns"));
    }
}
