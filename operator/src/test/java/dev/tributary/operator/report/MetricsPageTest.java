package dev.tributary.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/metrics.md tells every metric of the operator; {@code -DargLine=-Dgolden.update=true} writes them anew. */
class MetricsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "metrics.md");
    private static final String BEGIN = "<!-- operator metrics: generated -->\n";
    private static final String END = "<!-- end of operator metrics -->";

    @Test
    void thePageTellsEveryMetric() throws IOException {
        String page = Files.readString(PAGE);
        String expected =
                page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + table() + page.substring(page.indexOf(END));

        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, expected);
        }

        assertThat(page)
                .as("run mvn verify -pl crds,job-spec,operator -DargLine=-Dgolden.update=true")
                .isEqualTo(expected);
    }

    private static String table() {
        return "| metric | type | labels | what |\n|---|---|---|---|\n"
                + Stream.of(OperatorMetric.values())
                        .map(metric -> "| `%s` | %s | %s | %s |\n"
                                .formatted(
                                        metric.prometheusName(),
                                        metric.kind().name().toLowerCase(Locale.ROOT),
                                        metric.labels().stream()
                                                .map(label -> "`" + label + "`")
                                                .collect(Collectors.joining(", ")),
                                        metric.help()))
                        .collect(Collectors.joining());
    }
}
