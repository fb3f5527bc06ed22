package dev.tributary.operator.report;

import dev.tributary.operator.GeneratedPart;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/metrics.md tells every metric of the operator; {@code -DargLine=-Dgolden.update=true} writes them anew. */
class MetricsPageTest {

    @Test
    void thePageTellsEveryMetric() throws IOException {
        GeneratedPart.of("metrics.md", "operator metrics").assertIs(table());
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
