package dev.tributary.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The chart as it is in this folder, rendered by Helm. */
final class Chart {

    static final Path FOLDER = Path.of("").toAbsolutePath();
    static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Chart() {}

    /**
     * What Helm makes of it, without an API server.
     *
     * @param values as in a values file
     * @throws IllegalStateException when Helm refuses; the message is Helm's own
     */
    static String render(String values) {
        try {
            Path file = Files.createTempFile("values", ".yaml");
            try {
                Files.writeString(file, values);
                return new Helm(FOLDER)
                        .template()
                        .withName("tributary")
                        .withNamespace("tributary-system")
                        // The oldest that the chart admits.
                        .withKubeVersion("1.30.0")
                        .withValuesFile(file)
                        .call();
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(String file) {
        try {
            return Files.readString(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode yaml(String file) {
        try {
            return YAML.readTree(read(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With {@code -DargLine=-Dgolden.update=true} a generated file is written, else it is compared. */
    static boolean isUpdate() {
        return Boolean.getBoolean("golden.update");
    }
}
