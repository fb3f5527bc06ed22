package dev.tributary.operator.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A custom resource as a box's API server had it, and what others should make of it: two documents of one file.
 *
 * @param argoCd the health and the message
 */
record JudgedObject(String name, ArgoCdHealthChecks.Health argoCd, Kstatus kstatus, JsonNode object) {

    private static final Path FOLDER = Path.of("src/test/resources/health");
    private static final ObjectMapper YAML = Serialization.yamlMapper();

    static List<JudgedObject> all() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().map(JudgedObject::read).toList();
        }
    }

    private static JudgedObject read(Path file) {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(Files.readString(file))) {
            JsonNode expected = documents.next();
            return new JudgedObject(
                    file.getFileName().toString(),
                    new ArgoCdHealthChecks.Health(
                            expected.required("argoCd").asText(),
                            expected.required("message").asText()),
                    Kstatus.valueOf(expected.required("kstatus").asText()),
                    documents.next());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
