package dev.tributary.job.clickhouse;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ClientFaultCause;
import com.clickhouse.client.api.query.QueryResponse;
import com.clickhouse.client.api.query.QuerySettings;
import com.clickhouse.data.ClickHouseFormat;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.job.Finding;
import dev.tributary.job.JobStopped;
import dev.tributary.jobspec.AddedColumn;
import dev.tributary.jobspec.JobSpec;
import dev.tributary.jobspec.JobTable;
import dev.tributary.jobspec.OnTruncate;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether ClickHouse lets the job in, read and insert, and has its tables with the columns that the spec wants. Reads only. */
public final class TargetCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Columns of these kinds take no values. */
    private static final Set<String> COMPUTED = Set.of("MATERIALIZED", "ALIAS");

    /** It reads what capture did not receive because it was not changed, and what it has to know after a restart. */
    private static final List<String> RIGHTS = List.of("SELECT", "INSERT");

    /** Also of what was truncated. */
    private static final List<String> RIGHTS_TO_TRUNCATE = List.of("SELECT", "INSERT", "ALTER DELETE");

    private record Found(String type, String defaultKind) {}

    private final JobSpec spec;
    private final Client client;
    private final List<Finding> findings = new ArrayList<>();

    private TargetCheck(JobSpec spec, Client client) {
        this.spec = spec;
        this.client = client;
    }

    /** @param environment with user and password, as the job takes them */
    public static List<Finding> of(JobSpec spec, Map<String, String> environment) {
        String url = spec.clickhouse().url();
        Credentials credentials;
        try {
            credentials = Credentials.fromEnvironment(environment);
        } catch (JobStopped e) {
            return List.of(new Finding.Wrong("ClickHouse " + url, String.valueOf(e.getMessage())));
        }
        try (Client client = client(url, credentials)) {
            TargetCheck check = new TargetCheck(spec, client);
            check.run(credentials.user());
            return check.findings;
        }
    }

    private static Client client(String url, Credentials credentials) {
        return new Client.Builder()
                .addEndpoint(url)
                .setUsername(credentials.user())
                .setPassword(credentials.password())
                .setClientName("tributary-dry-run")
                .setMaxConnections(1)
                .setConnectTimeout(PATIENCE.toMillis())
                .setConnectionRequestTimeout(PATIENCE.toMillis(), ChronoUnit.MILLIS)
                .setSocketTimeout(PATIENCE.toMillis())
                .compressServerResponse(false)
                .retryOnFailures(ClientFaultCause.None)
                .setMaxRetries(0)
                .build();
    }

    private void run(String user) {
        String what = "ClickHouse " + spec.clickhouse().url() + ", user " + user;
        try {
            rows("SELECT 1 AS one");
        } catch (Exception e) {
            findings.add(refused(what, e));
            return;
        }
        findings.add(new Finding.Fine(what));
        String database = spec.clickhouse().database();
        boolean truncates = spec.policies().onTruncate() == OnTruncate.APPLY;
        for (JobSpec.Table table : spec.tables()) {
            check(database, table.target(), wanted(table), truncates ? RIGHTS_TO_TRUNCATE : RIGHTS);
        }
        for (JobTable table : JobTable.values()) {
            check(spec.clickhouse().jobDatabase(), table.tableName(), table.columns(), RIGHTS);
        }
    }

    private static Finding refused(String what, Exception e) {
        Failure failure = Failure.of(e);
        return new Finding.Wrong(what, failure.reason().label() + ": " + failure.text());
    }

    private void check(String database, String table, Map<String, String> wanted, List<String> rights) {
        String what = "table " + database + "." + table;
        String quoted = new Identifier(database).sql() + "." + new Identifier(table).sql();
        int before = findings.size();
        try {
            Map<String, Found> found = columns(quoted);
            wanted.forEach((name, type) -> compare(what + " column " + name, type, found.get(name)));
            for (String right : rights) {
                if (rows("CHECK GRANT " + right + " ON " + quoted)
                                .get(0)
                                .path("result")
                                .asInt()
                        == 0) {
                    findings.add(
                            new Finding.Wrong(what, "the user needs GRANT " + right + " on the table, and has it not"));
                }
            }
            if (findings.size() == before) {
                findings.add(new Finding.Fine(what + ", columns: " + found.size()));
            }
        } catch (Exception e) {
            findings.add(refused(what, e));
        }
    }

    private void compare(String what, String wanted, @Nullable Found found) {
        if (found == null) {
            findings.add(new Finding.Wrong(what, "is not there, the spec wants it as " + wanted));
        } else if (!found.type().equals(wanted)) {
            findings.add(new Finding.Wrong(what, "is " + found.type() + ", the spec wants " + wanted));
        } else if (COMPUTED.contains(found.defaultKind())) {
            findings.add(new Finding.Wrong(what, "is " + found.defaultKind() + ", so it takes no values"));
        }
    }

    private static Map<String, String> wanted(JobSpec.Table table) {
        Map<String, String> wanted = new LinkedHashMap<>();
        table.columns().forEach(column -> wanted.put(column.name(), column.clickHouseType()));
        for (AddedColumn added : table.added()) {
            wanted.put(added.columnName(), added.clickHouseType());
        }
        return wanted;
    }

    private Map<String, Found> columns(String table) throws Exception {
        Map<String, Found> columns = new LinkedHashMap<>();
        for (JsonNode row : rows("DESCRIBE TABLE " + table)) {
            columns.put(
                    row.path("name").asText(),
                    new Found(
                            row.path("type").asText(), row.path("default_type").asText()));
        }
        return columns;
    }

    private List<JsonNode> rows(String sql) throws Exception {
        QuerySettings settings = new QuerySettings().setFormat(ClickHouseFormat.JSONEachRow);
        try (QueryResponse response = client.query(sql, settings).get();
                MappingIterator<JsonNode> rows = JSON.readerFor(JsonNode.class).readValues(response.getInputStream())) {
            return rows.readAll();
        }
    }
}
