package dev.tributary.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/reference.md tells every field; {@code -DargLine=-Dgolden.update=true} writes them anew. */
class ReferencePageTest {

    private static final Path PAGE = Path.of("..", "docs", "reference.md");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"TenantPipeline, tenantpipelines", "PipelineClass, pipelineclasses"})
    void thePageTellsEveryField(String kind, String plural) throws IOException {
        String page = Files.readString(PAGE);
        String begin = "<!-- fields of " + kind + ": generated -->\n";
        String end = "<!-- end of fields of " + kind + " -->";
        assertThat(page).contains(begin, end);

        String fields = fields(GeneratedDefinitions.in(folder).schema(plural));

        String expected =
                page.substring(0, page.indexOf(begin) + begin.length()) + fields + page.substring(page.indexOf(end));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, expected);
        }
        assertThat(PAGE)
                .as("run mvn verify -pl crds -DargLine=-Dgolden.update=true")
                .hasContent(expected);
    }

    private static String fields(JSONSchemaProps root) {
        String rules = FieldTable.rules(root);
        return "\n" + root.getDescription() + (rules.isEmpty() ? "" : " " + rules) + "\n"
                + part("spec", root)
                + part("status", root)
                + "\n";
    }

    private static String part(String name, JSONSchemaProps root) {
        JSONSchemaProps part = root.getProperties().get(name);
        return "\n**" + name + "**: " + part.getDescription() + "\n\n" + FieldTable.of(part);
    }
}
