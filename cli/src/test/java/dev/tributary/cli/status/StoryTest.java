package dev.tributary.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.cli.cluster.EngineKind;
import dev.tributary.cli.cluster.EngineObject;
import dev.tributary.cli.cluster.EngineObjects;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What status says of pipelines as an API server has them (the first was read from a box, the others are what it may become);
 * {@code -DargLine=-Dgolden.update=true} writes it anew.
 */
class StoryTest {

    private static final Path FOLDER = Path.of("src/test/resources/status");
    private static final Instant NOW = Instant.parse("2026-11-21T14:00:00Z");

    static List<String> cases() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.filter(Files::isDirectory)
                    .map(f -> f.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aPipelineReadsAsAStory(String name) throws IOException {
        Story story = new Story(pipeline(name), objects(name), NOW);

        List<String> lines = story.lines();

        compare(FOLDER.resolve(name).resolve("out.txt"), lines);
    }

    @Test
    void theWorstIsTheFirstOfTheFleet() throws IOException {
        List<TenantPipeline> pipelines =
                cases().stream().map(StoryTest::pipeline).toList();

        List<String> lines = Fleet.table(pipelines, NOW);

        compare(FOLDER.resolve("fleet.txt"), lines);
    }

    @Test
    void whatWasKeptOfADeletedPipelineIsInTheClaim() {
        ConfigMap claim = Serialization.unmarshal("""
                kind: ConfigMap
                apiVersion: v1
                metadata:
                  namespace: tributary-system
                  name: tributary-tenant-acme
                  labels: {tributary.dev/tenant: acme}
                data:
                  namespace: acme
                  pipeline.shop: '{"topics": ["acme.shop.public.orders"], "targets": ["orders"], "released": true}'
                  pipeline.live: '{"topics": ["acme.live.public.orders"], "targets": ["orders2"], "released": false}'
                """, ConfigMap.class);

        assertThat(Retained.of(claim, "acme", "shop"))
                .contains(new Retained(
                        "tributary-system/tributary-tenant-acme",
                        "acme",
                        List.of("acme.shop.public.orders"),
                        List.of("orders")));
        assertThat(Retained.of(claim, "acme", "live")).isEmpty();
        assertThat(Retained.of(claim, "other", "shop")).isEmpty();
    }

    private static TenantPipeline pipeline(String name) {
        return Serialization.unmarshal(read(FOLDER.resolve(name).resolve("pipeline.yaml")), TenantPipeline.class);
    }

    /** Those of the first, but for what a case has differently. */
    private static EngineObjects objects(String name) {
        Map<String, EngineObject> objects = new LinkedHashMap<>();
        for (String folder : List.of("running", name)) {
            Path file = FOLDER.resolve(folder).resolve("objects.yaml");
            if (Files.exists(file)) {
                Arrays.stream(read(file).split("(?m)^---$"))
                        .map(document -> Serialization.unmarshal(document, GenericKubernetesResource.class))
                        .map(object -> EngineObject.of(EngineKind.valueOf(object.getKind()), object))
                        .forEach(object -> objects.put(object.toString(), object));
            }
        }
        return new EngineObjects(List.copyOf(objects.values()), List.of());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compare(Path golden, List<String> lines) throws IOException {
        String text = String.join("\n", lines) + "\n";
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, text);
        }
        assertThat(golden)
                .as("run mvn verify -pl cli -am -DargLine=-Dgolden.update=true")
                .hasContent(text);
    }
}
