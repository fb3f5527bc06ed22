package dev.tributary.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each alert comes with its runbook, a case for promtool, and a value for how long it waits. */
class AlertsTest {

    private static final Path RUNBOOKS = Chart.FOLDER.resolveSibling("docs/runbooks");

    static List<String> alerts() throws IOException {
        List<String> names = new ArrayList<>();
        JsonNode rules = new YAMLMapper().readTree(Files.readString(Chart.FOLDER.resolve("alerts.yaml")));
        rules.path("groups").forEach(group -> group.path("rules")
                .forEach(rule -> names.add(rule.path("alert").asText())));
        return names;
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void anAlertHasARunbookOfItsName(String alert) throws IOException {
        List<String> page = Files.readAllLines(RUNBOOKS.resolve(alert + ".md"));

        assertThat(page.getFirst()).isEqualTo("# " + alert);
        assertThat(page).contains("## What it means", "## What to do");
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void anAlertHasACaseWhereItFiresAndOneWhereItDoesNot(String alert) throws IOException {
        JsonNode cases =
                new YAMLMapper().readTree(Files.readString(Chart.FOLDER.resolve("src/test/promtool/alerts.test.yaml")));

        List<Boolean> fires = new ArrayList<>();
        cases.path("tests").forEach(test -> test.path("alert_rule_test").forEach(expected -> {
            if (expected.path("alertname").asText().equals(alert)) {
                fires.add(!expected.path("exp_alerts").isEmpty());
            }
        }));
        assertThat(fires).contains(true, false);
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void howLongAnAlertWaitsIsAValue(String alert) throws IOException {
        JsonNode schema = new JsonMapper().readTree(Files.readString(Chart.FOLDER.resolve("values.schema.json")));

        assertThat(schema.at("/properties/prometheusRule/properties/for/properties")
                        .has(alert))
                .isTrue();
    }

    @Test
    void aRunbookIsOfAnAlert() throws IOException {
        try (Stream<Path> pages = Files.list(RUNBOOKS)) {
            assertThat(pages.map(p -> p.getFileName().toString().replace(".md", "")))
                    .containsExactlyInAnyOrderElementsOf(alerts());
        }
    }
}
