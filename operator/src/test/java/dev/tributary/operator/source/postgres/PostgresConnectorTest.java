package dev.tributary.operator.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.tributary.operator.source.CaptureRequest.MessageKey;
import dev.tributary.operator.source.ConnectorChoice;
import dev.tributary.operator.source.TableId;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;

class PostgresConnectorTest {

    private static final String DEBEZIUM = "io.debezium.connector.postgresql.PostgresConnector";
    private static final String GUARDED = "dev.tributary.connect.GuardedPostgresConnector";

    private final PostgresConnector connector = new PostgresConnector();

    @Property
    void aPatternMatchesItsTableAndNoOther(
            @ForAll @NotEmpty String schema, @ForAll @NotEmpty String name, @ForAll @NotEmpty String other) {
        Assume.that(!other.equals(name));

        Pattern pattern = compiled(new TableId(schema, name));

        assertThat(pattern.matcher(schema + "." + name).matches()).isTrue();
        assertThat(pattern.matcher(schema + "." + other).matches()).isFalse();
    }

    @Example
    void tablesThatDifferInCaseOnlyAreTwo() {
        Pattern pattern = compiled(new TableId("public", "orders"));

        assertThat(pattern.matcher("public.orders").matches()).isTrue();
        assertThat(pattern.matcher("public.Orders").matches()).isFalse();
    }

    /** As Debezium compiles it. */
    private static Pattern compiled(TableId table) {
        return Pattern.compile(PostgresConnector.pattern(table), Pattern.CASE_INSENSITIVE);
    }

    @Property
    void aPatternHasNothingThatConnectOrDebeziumWouldRead(
            @ForAll @NotEmpty String schema, @ForAll @NotEmpty String name) {
        String pattern = PostgresConnector.pattern(new TableId(schema, name));

        assertThat(pattern).matches("\\(\\?-i\\)[A-Za-z0-9_\\\\.x{}]+").doesNotContain("${", ",");
    }

    /** As Debezium cuts {@code message.key.columns} up: at semicolons, colons and commas. */
    @Property
    void aDeclaredKeyIsFoundInItsTableAndNoOther(
            @ForAll @NotEmpty String schema,
            @ForAll @NotEmpty String name,
            @ForAll @NotEmpty String column,
            @ForAll @NotEmpty String other) {
        Assume.that(!other.equals(column) && !other.equals(name));

        String setting =
                PostgresConnector.messageKey(new MessageKey(new TableId(schema, name), List.of(column, other)));

        assertThat(setting).matches("\\s*([^:]+):([^:,]+(,[^:,]+)*)\\s*").doesNotContain(";", "${");
        String[] parts = setting.split(":", 2);
        List<Pattern> columns = Stream.of(parts[1].split(","))
                .map(c -> Pattern.compile(parts[0] + "." + c.trim(), Pattern.CASE_INSENSITIVE))
                .toList();
        assertThat(columns).hasSize(2);
        assertThat(columns.get(0).matcher(schema + "." + name + "." + column).matches())
                .isTrue();
        assertThat(columns.get(0).matcher(schema + "." + name + "." + other).matches())
                .isFalse();
        assertThat(columns.get(0).matcher(schema + "." + other + "." + column).matches())
                .isFalse();
    }

    @Example
    void aReferenceInATableNameStaysAName() {
        assertThat(PostgresConnector.pattern(new TableId("public", "${secrets:kafka/other:password}")))
                .startsWith("(?-i)public\\.\\x{24}\\x{7b}secrets\\x{3a}");
    }

    /** Debezium cuts a longer name without a word: the bounds of tenant, pipeline and PostgreSQL's names keep it from that. */
    @Example
    void theLongestNamesFitIntoATopic() {
        String prefix = "t".repeat(24) + "." + "p".repeat(40);

        String topic = connector.topic(prefix, new TableId("s".repeat(63), "n".repeat(63)));

        assertThat(topic).hasSizeLessThanOrEqualTo(249);
    }

    @Example
    void whatKafkaDoesNotAllowBecomesAnUnderscore() {
        assertThat(connector.topic("acme.shop", new TableId("public", "a b🚚"))).isEqualTo("acme.shop.public.a_b__");
    }

    @Example
    void theGuardIsUsedWhereDebeziumLosesRows() {
        Map<String, String> plugins = Map.of(DEBEZIUM, "3.6.3.Final", GUARDED, "3.6.3.Final");

        assertThat(connector.choose(plugins)).isEqualTo(new ConnectorChoice.Use(GUARDED));
    }

    @Example
    void debeziumIsRefusedWhereItLosesRows() {
        assertThat(connector.choose(Map.of(DEBEZIUM, "3.6.3.Final")))
                .asInstanceOf(type(ConnectorChoice.LosesRows.class))
                .satisfies(loses ->
                        assertThat(loses.problem()).contains("Debezium 3.6.3.Final", "tributary-connect-plugin.jar"));
    }

    @Example
    void withoutDebeziumThereIsNothingToUse() {
        assertThat(connector.choose(Map.of("org.apache.kafka.connect.mirror.MirrorSourceConnector", "4.3.1")))
                .isInstanceOf(ConnectorChoice.Missing.class);
    }
}
