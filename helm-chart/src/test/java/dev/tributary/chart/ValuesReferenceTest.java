package dev.tributary.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of values in the chart's README is made from values.yaml and its comments. */
class ValuesReferenceTest {

    private static final Path README = Chart.FOLDER.resolve("README.md");
    private static final String BEGIN = "<!-- values: generated -->\n";
    private static final String END = "<!-- end of values -->";
    private static final Pattern KEY = Pattern.compile("^( *)([a-zA-Z]+):.*");
    private static final String COMMENT = "# -- ";

    @Test
    void theReadmeTellsEveryValue() throws IOException {
        String readme = Files.readString(README);
        int begin = readme.indexOf(BEGIN) + BEGIN.length();
        String expected = readme.substring(0, begin) + table() + readme.substring(readme.indexOf(END));

        if (Chart.isUpdate()) {
            Files.writeString(README, expected);
        }
        assertThat(readme)
                .as("run mvn verify -pl helm-chart -DargLine=-Dgolden.update=true")
                .isEqualTo(expected);
    }

    private static String table() {
        JsonNode defaults = Chart.yaml("values.yaml");
        StringBuilder table = new StringBuilder("| value | default | what for |\n|---|---|---|\n");
        List<String> comment = new ArrayList<>();
        Deque<String> path = new ArrayDeque<>();
        for (String line : Chart.read("values.yaml").lines().toList()) {
            String text = line.strip();
            Matcher key = KEY.matcher(line);
            if (text.startsWith(COMMENT)) {
                comment.clear();
                comment.add(text.substring(COMMENT.length()));
            } else if (text.startsWith("#") && !comment.isEmpty()) {
                comment.add(text.substring(1).strip());
            } else if (key.matches()) {
                while (path.size() > key.group(1).length() / 2) {
                    path.removeLast();
                }
                path.addLast(key.group(2));
                JsonNode value = defaults.at("/" + String.join("/", path));
                if (!comment.isEmpty()) {
                    table.append("| `" + String.join(".", path) + "` | `" + value + "` | " + String.join(" ", comment)
                            + " |\n");
                    comment.clear();
                } else {
                    // What has no comment only holds others that have.
                    assertThat(value.isObject()).as(String.join(".", path)).isTrue();
                }
            }
        }
        return table.toString();
    }
}
