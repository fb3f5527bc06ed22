package dev.tributary.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the build takes from the chart is all that is there. */
class ChartTest {

    private static final Path CHART = Path.of("../helm-chart");

    @Test
    void everyDefinitionIsTakenIn() throws IOException {
        try (Stream<Path> files = Files.list(CHART.resolve("crds"))) {
            assertThat(Chart.definitions()).hasSize((int)
                    files.filter(f -> f.toString().endsWith(".yaml")).count());
        }
    }

    @Test
    void everyRuleIsTakenIn() throws IOException {
        long rules = 0;
        for (String template : new String[] {"clusterrole.yaml", "roles.yaml"}) {
            rules += Files.readAllLines(CHART.resolve("templates").resolve(template)).stream()
                    .filter(line -> line.strip().startsWith("- apiGroups:"))
                    .count();
        }

        assertThat(Chart.grants())
                .hasSize((int) rules)
                .extracting(Chart.Grant::place)
                .contains(Chart.Place.values());
        assertThat(Chart.grants()).allSatisfy(g -> assertThat(g.rule())
                .satisfies(r -> assertThat(r.getApiGroups()).hasSize(1))
                .extracting(PolicyRule::getVerbs)
                .asList()
                .isNotEmpty());
    }
}
