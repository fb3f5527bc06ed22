package dev.tributary.jobspec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JobSpecCheckTest {

    private static final String PLACEHOLDER = "unavailable-0123456789abcdef";
    private static final String ID = "{\"name\":\"id\",\"type\":{\"kind\":\"int\",\"bits\":64},\"nullable\":false}";

    private static String spec(String epoch, String url, String placeholder, String tables) {
        return "{\"formatVersion\":1,\"tenant\":\"acme\",\"pipeline\":\"shop\",\"epoch\":" + epoch
                + ",\"kafka\":{\"bootstrapServers\":\"kafka:9092\",\"groupId\":\"acme.shop\"},\"clickhouse\":{\"url\":\""
                + url + "\",\"database\":\"acme\"},\"unavailableValuePlaceholder\":\"" + placeholder + "\",\"tables\":["
                + tables + "]}";
    }

    private static String table(String topic, String target, String columns, String key, String startOffsets) {
        return "{\"schema\":\"public\",\"name\":\"orders\",\"topic\":\"" + topic + "\",\"target\":\"" + target
                + "\",\"columns\":[" + columns + "],\"key\":[" + key + "],\"startOffsets\":[" + startOffsets + "]}";
    }

    private static List<String> problems(String json) {
        JobSpecCheck.Result result = JobSpecCheck.of(json);
        assertThat(result.spec().isPresent()).isEqualTo(result.problems().isEmpty());
        return result.problems().stream().map(JobSpecCheck.Problem::toString).toList();
    }

    private static List<String> problemsOfTables(String... tables) {
        return problems(spec("1", "http://clickhouse:8123", PLACEHOLDER, String.join(",", tables)));
    }

    @Test
    void aRightSpecIsRead() {
        String json = spec("1", "http://clickhouse:8123", PLACEHOLDER, table("t", "orders", ID, "\"id\"", "0,5"));

        JobSpecCheck.Result result = JobSpecCheck.of(json);

        assertThat(result.problems()).isEmpty();
        assertThat(result.spec()).contains(JobSpecJson.read(json));
    }

    @Test
    void allProblemsAreTold() {
        String columns = "{\"name\":\"id\",\"type\":{\"kind\":\"int\",\"bits\":8},\"nullable\":\"no\"},"
                + "{\"name\":\"v\",\"type\":{\"kind\":\"number\"},\"nullable\":false},"
                + "{\"name\":\"w\",\"typ\":{\"kind\":\"text\"},\"nullable\":false}";
        String broken = spec("0", "clickhouse:8123", "short", table("t", " ", columns, "", "1.5"));

        List<String> problems = problems(broken.replace("\"acme.shop\"", "7"));

        assertThat(problems)
                .containsExactly(
                        "epoch: must be between 1 and 65535, not 0",
                        "kafka.groupId: must be a text",
                        "clickhouse.url: must be http://host:port or https://host:port",
                        "unavailableValuePlaceholder: must be 16 to 64 characters of [A-Za-z0-9_-]",
                        "tables[0].target: must not be blank",
                        "tables[0].columns[0].type: an integer has 16, 32 or 64 bits, not 8",
                        "tables[0].columns[0].nullable: must be true or false",
                        "tables[0].columns[1].type.kind: must be one of int, float, decimal, text, numericText, bool,"
                                + " timestamp, zonedTimestamp, date, time, bytes, uuid, array, asText, lowCardinality,"
                                + " inZone, asFloat64, rounded, json",
                        "tables[0].columns[2].type: is missing",
                        "tables[0].columns[2].typ: is unknown to this job: remove it, or run the job image that belongs"
                                + " to the operator",
                        "tables[0].startOffsets[0]: must be a whole number of 64 bits");
    }

    @Test
    void theKeyIsOfColumnsThatAllowNoNull() {
        String nullable = "{\"name\":\"v\",\"type\":{\"kind\":\"text\"},\"nullable\":true}";

        List<String> problems =
                problemsOfTables(table("t", "orders", ID + "," + nullable, "\"id\",\"v\",\"id\",\"w\"", "-1"));

        assertThat(problems)
                .containsExactly(
                        "tables[0].key[1]: must not be a column that allows NULL",
                        "tables[0].key[2]: must not stand in the key twice",
                        "tables[0].key[3]: must be the name of one of the columns",
                        "tables[0].startOffsets[0]: must not be negative");
    }

    @Test
    void columnsHaveNamesOfTheirOwnAndTypesThatClickHouseHas() {
        String array = "{\"kind\":\"array\",\"element\":{\"kind\":\"text\"}}";

        List<String> problems = problemsOfTables(
                table(
                        "t",
                        "orders",
                        ID + ",{\"name\":\"_version\",\"type\":{\"kind\":\"text\"},\"nullable\":false},"
                                + "{\"name\":\"tags\",\"type\":" + array + ",\"nullable\":true}",
                        "\"id\"",
                        ""),
                table("no topic", "customers", ID + "," + ID, "\"id\"", ""));

        assertThat(problems)
                .containsExactly(
                        "tables[0].columns[1].name: must not be _version, which Tributary adds itself",
                        "tables[0].columns[2].type: must not be an array where NULL is allowed, since ClickHouse has no"
                                + " Nullable(Array): use kind text",
                        "tables[1].topic: must be a name that Kafka allows: [A-Za-z0-9._-], at most 249",
                        "tables[1].columns[1].name: must not be that of another of the columns");
    }

    /** Only there Tributary adds columns of such names. */
    @Test
    void aTableWithoutAKeyHasNoColumnsNamedAsItsRowsPlaces() {
        String offset = ID.replace("\"id\"", "\"_offset\"");

        assertThat(problemsOfTables(table("t", "orders", ID + "," + offset, "\"id\"", "")))
                .isEmpty();
        assertThat(problemsOfTables(table("t", "orders", ID + "," + offset, "", "")))
                .containsExactly("tables[0].columns[1].name: must not be _offset, which Tributary adds itself");
    }

    @Test
    void whatIsStoredOtherwiseFitsTogether() {
        String columns = ID
                + column("a", "{\"kind\":\"asText\",\"value\":{\"kind\":\"uuid\"}}")
                + column("b", "{\"kind\":\"lowCardinality\",\"value\":{\"kind\":\"bool\"}}")
                + column("c", "{\"kind\":\"inZone\",\"zone\":\"x') ENGINE = Null\"}")
                + column("d", "{\"kind\":\"asFloat64\",\"value\":{\"kind\":\"float\",\"bits\":64}}")
                + column("e", "{\"kind\":\"rounded\",\"precision\":77,\"scale\":2}");

        List<String> problems = problemsOfTables(table("t", "orders", columns, "\"id\"", ""));

        assertThat(problems)
                .containsExactly(
                        "tables[0].columns[1].type: only integers, floats, booleans, dates and timestamps become text",
                        "tables[0].columns[2].type: only what is stored as String can be of low cardinality",
                        "tables[0].columns[3].type: no time zone is called so",
                        "tables[0].columns[4].type: only decimals and floats of 32 bits become Float64",
                        "tables[0].columns[5].type: no ClickHouse Decimal(77, 2)");
    }

    private static String column(String name, String type) {
        return ",{\"name\":\"" + name + "\",\"type\":" + type + ",\"nullable\":false}";
    }

    @Test
    void tablesShareNeitherTopicNorTarget() {
        String table = table("t", "orders", ID, "\"id\"", "");

        assertThat(problemsOfTables(table, table))
                .containsExactly(
                        "tables[1].topic: must not be that of another of the tables",
                        "tables[1].target: must not be that of another of the tables");
    }

    @Test
    void aLoginInTheUrlIsRefusedAndNotRepeated() {
        String json =
                spec("1", "http://u:s3cret@c:8123/?password=s3cret", PLACEHOLDER, table("t", "o", ID, "\"id\"", ""));

        List<String> problems = problems(json);

        assertThat(problems).singleElement().satisfies(problem -> assertThat(problem)
                .startsWith("clickhouse.url: must have no login")
                .doesNotContain("s3cret"));
    }

    @Test
    void aFieldOfANewerFormatIsMissingOnlyThere() {
        String older = spec("1", "http://clickhouse:8123", PLACEHOLDER, table("t", "orders", ID, "\"id\"", ""));
        String newer = older.replace("\"formatVersion\":1", "\"formatVersion\":2");

        assertThat(problems(older)).isEmpty();
        assertThat(problems(newer))
                .containsExactly("flushMillis: is missing", "tables[0].columns[0].outOfRange: is missing");
        assertThat(problems(newer.replace("\"epoch\":1", "\"epoch\":1,\"flushMillis\":5")
                        .replace("\"nullable\":false", "\"nullable\":false,\"outOfRange\":\"ROUND\"")))
                .containsExactly(
                        "flushMillis: must be between 10 and 600000, not 5",
                        "tables[0].columns[0].outOfRange: must be one of STOP, CLAMP, NULL");
        String newest = newer.replace("\"formatVersion\":2", "\"formatVersion\":4");
        assertThat(problems(newest)).contains("lateAfterSeconds: is missing");
        assertThat(problems(newest.replace("\"epoch\":1", "\"epoch\":1,\"lateAfterSeconds\":0")))
                .contains("lateAfterSeconds: must be between 1 and 8640000, not 0");
    }

    @Test
    void whatIsNoJsonIsToldWithItsPlace() {
        assertThat(problems("{\n\"formatVersion\": ]")).singleElement().satisfies(problem -> assertThat(problem)
                .startsWith("not a JobSpec: ")
                .endsWith("(line 2, column 18)"));
        assertThat(problems("")).containsExactly("not a JobSpec: it has no formatVersion of 1 or more");
        assertThat(problems("[1]")).containsExactly("not a JobSpec: it has no formatVersion of 1 or more");
    }
}
