package dev.tributary.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator's rights. That it needs each of them, and no other, is seen by the scenarios in the audit log. */
class RightsTest {

    @ParameterizedTest
    @ValueSource(strings = {"templates/clusterrole.yaml", "templates/roles.yaml"})
    void everyRuleSaysWhatItIsFor(String file) {
        List<String> lines = Chart.read(file).lines().map(String::strip).toList();

        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).startsWith("- apiGroups:")) {
                assertThat(lines.get(i - 1)).as(file + ":" + (i + 1)).startsWith("# ");
            }
        }
        assertThat(lines).anyMatch(l -> l.startsWith("- apiGroups:"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"templates/clusterrole.yaml", "templates/roles.yaml"})
    void nothingIsGrantedByAWildcard(String file) {
        assertThat(Chart.read(file)).doesNotContain("*\"", "'*", "[*");
    }
}
