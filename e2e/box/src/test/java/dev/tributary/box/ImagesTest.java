package dev.tributary.box;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.box.layout.Checkout;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the images; that the operator's starts is shown where there is an API server, in ReleaseTest. */
class ImagesTest {

    private static final String BILL_OF_MATERIALS = "/opt/tributary/bom.json";

    @TempDir
    private Path folder;

    @Test
    void theOperatorsBillOfMaterialsNamesEveryLibrary() throws Exception {
        UnpackedImage image = UnpackedImage.of("operator", folder);
        Set<String> jars;
        try (Stream<Path> files = Files.walk(image.workingDirectory().resolve("lib"))) {
            jars = files.map(f -> f.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .collect(Collectors.toSet());
        }

        Set<String> named = components(image)
                .map(c -> c.get("group").asText() + "." + c.get("name").asText() + "-"
                        + c.get("version").asText() + ".jar")
                .collect(Collectors.toSet());

        assertThat(jars).hasSizeGreaterThan(100);
        assertThat(named).containsAll(jars);
    }

    @Test
    void theJobsJarIsWhereTheOperatorLooksForIt() throws Exception {
        UnpackedImage image = UnpackedImage.of("flink-job", folder);
        Path golden = Checkout.current().root().resolve("operator/src/test/resources/plan/shop/out-plan.yaml");
        String uri = Files.readAllLines(golden).stream()
                .filter(line -> line.contains("jarURI: "))
                .findFirst()
                .orElseThrow()
                .replaceAll(".*\"(.*)\"", "$1");

        Path jar = image.at(URI.create(uri).getPath());

        assertThat(jar).hasSameBinaryContentAs(Checkout.current().jobJar());
        assertThat(Files.getPosixFilePermissions(jar)).contains(PosixFilePermission.OTHERS_READ);
        assertThat(image.config().get("User").asText()).matches("[1-9][0-9]*:[1-9][0-9]*");
    }

    @Test
    void theJobsBillOfMaterialsNamesWhatIsInItsJarAndNotFlink() throws Exception {
        UnpackedImage image = UnpackedImage.of("flink-job", folder);

        List<String> named = components(image).map(c -> c.get("name").asText()).toList();

        assertThat(named)
                .contains("client-v2", "flink-connector-kafka", "kafka-clients", "tributary-job-spec")
                .doesNotContain("flink-streaming-java");
    }

    private static Stream<JsonNode> components(UnpackedImage image) throws IOException {
        JsonNode bill = new ObjectMapper().readTree(image.at(BILL_OF_MATERIALS).toFile());
        assertThat(bill.get("bomFormat").asText()).isEqualTo("CycloneDX");
        return StreamSupport.stream(bill.get("components").spliterator(), false);
    }
}
