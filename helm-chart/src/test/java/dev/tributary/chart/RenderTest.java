package dev.tributary.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the chart makes of each set of values; {@code -DargLine=-Dgolden.update=true} writes it anew. */
class RenderTest {

    private static final Path RESOURCES = Chart.FOLDER.resolve("src/test/resources");

    static List<String> valueSets() throws IOException {
        try (Stream<Path> files = Files.list(RESOURCES.resolve("values"))) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void helmFindsNothingToComplainAbout() {
        LintResult result = new Helm(Chart.FOLDER).lint().strict().call();

        assertThat(result.isFailed())
                .as(String.join("\n", result.getMessages()))
                .isFalse();
    }

    @Test
    void theSampleOfAPlatformHasValuesThatTheChartTakes() {
        String rendered = Chart.render(Chart.read("../samples/platform/values.yaml"));

        assertThat(rendered).contains("image: \"registry.example/tributary/operator:");
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void theChartMakesWhatItDidBefore(String values) throws IOException {
        String rendered =
                Chart.render(Files.readString(RESOURCES.resolve("values").resolve(values)));

        Path golden = RESOURCES.resolve("golden").resolve(values);
        if (Chart.isUpdate()) {
            Files.writeString(golden, rendered);
        }
        assertThat(golden)
                .as("run mvn verify -pl helm-chart -DargLine=-Dgolden.update=true")
                .hasContent(rendered);
    }

    @Test
    void theValuesOfTheGitOpsSampleAreTaken() throws IOException {
        String rendered =
                Chart.render(Files.readString(Chart.FOLDER.resolve("../samples/gitops/platform/values.yaml")));

        assertThat(rendered)
                .contains("registry.example.com/tributary/operator:")
                .doesNotContain("kind: PipelineClass");
    }
}
