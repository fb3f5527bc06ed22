package dev.tributary.job.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tributary.job.Finding;
import dev.tributary.job.change.Specs;
import dev.tributary.jobspec.ColumnType;
import dev.tributary.jobspec.JobSpec;
import dev.tributary.jobspec.JobTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a stand-in that answers as ClickHouse does. */
class TargetCheckTest {

    private static final Map<String, String> LOGIN =
            Map.of("CLICKHOUSE_USER", "writer", "CLICKHOUSE_PASSWORD", "s3cret");
    private static final String ADDED = column("_version", "UInt128", "")
            + column("_deleted", "UInt8", "")
            + column("_op", "LowCardinality(String)", "")
            + column("_source_ts", "DateTime64(3, 'UTC')", "")
            + column("_tenant", "LowCardinality(String)", "");
    private static final String RIGHT = column("id", "Int64", "") + column("v", "Nullable(Decimal(12, 2))", "") + ADDED;

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile String described = RIGHT;
    private volatile int granted = 1;
    private volatile int error;
    private volatile String refused = "";
    private HttpServer server;

    private static String column(String name, String type, String defaultKind) {
        return "{\"name\":\"" + name + "\",\"type\":\"" + type + "\",\"default_type\":\"" + defaultKind + "\"}\n";
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String sql = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(sql);
            boolean refuse = error != 0 && sql.contains(refused);
            String text = refuse
                    ? "Code: " + error + ". DB::Exception: no. (version 26.7.3.1)"
                    : sql.startsWith("DESCRIBE") ? describe(sql) : "{\"one\":1,\"result\":" + granted + "}\n";
            if (refuse) {
                exchange.getResponseHeaders().set("X-ClickHouse-Exception-Code", Integer.toString(error));
            }
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(refuse ? 500 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String describe(String sql) {
        return Stream.of(JobTable.values())
                .filter(table -> sql.endsWith("`_tributary_acme`.`" + table.tableName() + "`"))
                .map(table -> table.columns().entrySet().stream()
                        .map(c -> column(c.getKey(), c.getValue(), ""))
                        .collect(Collectors.joining()))
                .findFirst()
                .orElse(described);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private List<String> lines(Map<String, String> environment) {
        JobSpec spec = Specs.spec(
                url(),
                Specs.table(
                        "orders",
                        List.of(Specs.ID, new JobSpec.Column("v", new ColumnType.Decimal(12, 2), true)),
                        "id"));
        return TargetCheck.of(spec, environment).stream().map(Finding::line).toList();
    }

    @Test
    void tablesAsTheSpecWantsThemAreFine() {
        assertThat(lines(LOGIN))
                .containsExactly(
                        "ok     ClickHouse " + url() + ", user writer",
                        "ok     table acme.orders, columns: 7",
                        "ok     table _tributary_acme.quarantine, columns: 14",
                        "ok     table _tributary_acme.floors, columns: 3");
        assertThat(asked)
                .containsExactly(
                        "SELECT 1 AS one",
                        "DESCRIBE TABLE `acme`.`orders`",
                        "CHECK GRANT SELECT ON `acme`.`orders`",
                        "CHECK GRANT INSERT ON `acme`.`orders`",
                        "DESCRIBE TABLE `_tributary_acme`.`quarantine`",
                        "CHECK GRANT SELECT ON `_tributary_acme`.`quarantine`",
                        "CHECK GRANT INSERT ON `_tributary_acme`.`quarantine`",
                        "DESCRIBE TABLE `_tributary_acme`.`floors`",
                        "CHECK GRANT SELECT ON `_tributary_acme`.`floors`",
                        "CHECK GRANT INSERT ON `_tributary_acme`.`floors`");
    }

    @Test
    void everyColumnThatIsNotAsTheSpecWantsItIsTold() {
        described = column("id", "Int32", "") + ADDED.replace("\"_tenant\",", "\"_other\",");

        assertThat(lines(LOGIN).subList(1, 4))
                .containsExactly(
                        "WRONG  table acme.orders column id: is Int32, the spec wants Int64",
                        "WRONG  table acme.orders column v: is not there, the spec wants it as Nullable(Decimal(12, 2))",
                        "WRONG  table acme.orders column _tenant: is not there, the spec wants it as"
                                + " LowCardinality(String)");
    }

    @Test
    void aComputedColumnIsTold() {
        described = column("id", "Int64", "MATERIALIZED") + column("v", "Nullable(Decimal(12, 2))", "DEFAULT") + ADDED;

        assertThat(lines(LOGIN).subList(1, 2))
                .containsExactly("WRONG  table acme.orders column id: is MATERIALIZED, so it takes no values");
    }

    @Test
    void aUserWhoLacksARightIsTold() {
        granted = 0;

        assertThat(lines(LOGIN).subList(1, 3))
                .containsExactly(
                        "WRONG  table acme.orders: the user needs GRANT SELECT on the table, and has it not",
                        "WRONG  table acme.orders: the user needs GRANT INSERT on the table, and has it not");
    }

    @Test
    void aRefusedLoginEndsTheCheckWithoutThePassword() {
        error = 516;

        assertThat(lines(LOGIN)).singleElement().satisfies(line -> assertThat(line)
                .startsWith("WRONG  ClickHouse " + url() + ", user writer: ClickHouseAccessDenied: ")
                .doesNotContain("s3cret"));
    }

    @Test
    void aTableThatIsNotThereIsTold() {
        error = 60;
        refused = "DESCRIBE";

        assertThat(lines(LOGIN).get(1)).startsWith("WRONG  table acme.orders: ClickHouseRefused: ");
    }

    @Test
    void withoutALoginNothingIsAsked() {
        assertThat(lines(Map.of("CLICKHOUSE_USER", "writer")))
                .containsExactly("WRONG  ClickHouse " + url()
                        + ": InvalidStart: the process's environment has no CLICKHOUSE_PASSWORD");
        assertThat(asked).isEmpty();
    }

    @Test
    void aServerThatIsNotThereIsTold() {
        String url = url();
        server.stop(0);

        assertThat(lines(LOGIN)).singleElement().satisfies(line -> assertThat(line)
                .startsWith("WRONG  ClickHouse " + url + ", user writer: ClickHouseUnreachable: "));
    }
}
