package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.box.cache.Tool;
import dev.tributary.box.cache.UserCache;
import dev.tributary.box.layout.Checkout;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Argo CD's own program and kstatus make of the operator's table of objects what its HealthChecksTest says they do. */
@Tag("long")
class HealthTableTest {

    private static final Path ROOT = Checkout.current().root();

    /** What argocd-cm.yaml is a patch of. */
    private static final String CONFIG_MAP = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: argocd-cm, namespace: argocd, labels: {app.kubernetes.io/part-of: argocd}}
            """;

    private static ArgoCdProgram programs;

    @TempDir
    Path folder;

    @BeforeAll
    static void fetch() throws IOException, InterruptedException {
        programs = ArgoCdProgram.fetch(UserCache.ofUser(), System.out::println);
    }

    static List<Path> table() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("operator/src/test/resources/health"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("table")
    void theyJudgeAsTheTableSays(Path file) throws IOException, InterruptedException {
        String[] documents = Files.readString(file).split("\n---\n");
        Map<?, ?> expected = Serialization.unmarshal(documents[0], Map.class);
        String object =
                Files.writeString(folder.resolve("object.yaml"), documents[1]).toString();
        Path checks = Files.writeString(
                folder.resolve("argocd-cm.yaml"),
                CONFIG_MAP + Files.readString(ROOT.resolve("helm-chart/argocd-cm.yaml")));

        List<String> argoCd = run(
                programs.cli(),
                "admin",
                "settings",
                "resource-overrides",
                "health",
                object,
                "--argocd-cm-path",
                checks.toString());
        List<String> kstatus = run(programs.program("kstatus"), object);

        assertThat(argoCd).contains("STATUS: " + expected.get("argoCd"), "MESSAGE: " + message(documents[1], expected));
        assertThat(kstatus).singleElement().asString().startsWith(expected.get("kstatus") + ": ");
    }

    /** It asks no health check about what is being deleted. */
    private static String message(String object, Map<?, ?> expected) {
        boolean deleted =
                Serialization.unmarshal(object, GenericKubernetesResource.class).isMarkedForDeletion();
        return deleted ? "Pending deletion" : expected.get("message").toString();
    }

    private List<String> run(String... command) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        new Tool(List.of(command), folder, Map.of(), Duration.ofMinutes(1)).run(lines::add);
        return lines;
    }
}
