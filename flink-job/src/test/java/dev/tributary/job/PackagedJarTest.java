package dev.tributary.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.change.Specs;
import dev.tributary.jobspec.JobSpecJson;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** The jar that goes into Flink's image. */
class PackagedJarTest {

    private static final int JAVA_17 = 61;

    @TempDir
    private Path folder;

    private final Path jar = Path.of(System.getProperty("job.jar"));

    private List<JarEntry> classes() throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().filter(e -> e.getName().endsWith(".class")).toList();
        }
    }

    @Test
    void everyClassRunsOnJava17() throws IOException {
        List<String> newer = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : classes()) {
                // Classes for newer Javas under META-INF/versions are not loaded by older ones.
                if (!entry.getName().startsWith("META-INF/versions/") && majorVersion(file, entry) > JAVA_17) {
                    newer.add(entry.getName());
                }
            }
        }

        assertThat(newer).isEmpty();
        assertThat(classes()).extracting(JarEntry::getName).contains("dev/tributary/job/Main.class");
    }

    private static int majorVersion(JarFile file, JarEntry entry) throws IOException {
        try (DataInputStream in = new DataInputStream(file.getInputStream(entry))) {
            in.readInt();
            in.readUnsignedShort();
            return in.readUnsignedShort();
        }
    }

    @Test
    void whatTheImageBringsIsNotInTheJar() throws IOException {
        assertThat(classes())
                .extracting(JarEntry::getName)
                .noneMatch(name -> name.startsWith("org/slf4j/"))
                .noneMatch(name -> name.startsWith("org/apache/logging/"))
                .noneMatch(name -> name.startsWith("org/apache/flink/api/"))
                .noneMatch(name -> name.startsWith("org/apache/flink/core/"))
                .noneMatch(name -> name.startsWith("org/apache/flink/runtime/"))
                .noneMatch(name -> name.startsWith("org/apache/flink/streaming/api/"));
    }

    /** What a command printed, its errors included, and what it ended with. */
    private record Ended(int exit, String printed) {}

    private Ended run(String classPath, String... args) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-cp", classPath, Main.class.getName()));
        command.addAll(List.of(args));
        Path printed = folder.resolve("printed");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile());
        // Whoever ran eval "$(./tributary env)" before has them in the shell.
        builder.environment().keySet().removeAll(Set.of("CLICKHOUSE_USER", "CLICKHOUSE_PASSWORD"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("it ends").isTrue();
            return new Ended(process.exitValue(), Files.readString(printed));
        } finally {
            process.destroyForcibly();
        }
    }

    private Path spec(String bootstrapServers, String url) throws IOException {
        String json = JobSpecJson.write(Specs.spec(url, Specs.table("orders", List.of(Specs.ID), "id")));
        return Files.writeString(folder.resolve("spec.json"), json.replace("kafka:9092", bootstrapServers));
    }

    @Test
    void aSpecIsValidatedWithTheJarAlone() throws Exception {
        Path spec = spec("kafka:9092", "http://clickhouse:8123");

        Ended ended = run(jar.toString(), "--validate", "--job-spec", spec.toString());

        assertThat(ended.exit()).as(ended.printed()).isZero();
        assertThat(ended.printed()).startsWith("acme/shop, epoch 7: ").contains("  public.orders: topic ");
    }

    @Test
    void aWrongSpecEndsWithOne() throws Exception {
        Path spec = spec("kafka", "clickhouse");

        Ended ended = run(jar.toString(), "--validate", "--job-spec", spec.toString());

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.printed().lines())
                .containsExactly(
                        spec + ": kafka.bootstrapServers: must be host:port, several with commas between and no spaces",
                        spec + ": clickhouse.url: must be http://host:port or https://host:port");
    }

    @Test
    void aDryRunWithTheJarAloneSaysWhatIsMissing() throws Exception {
        Path spec = spec("127.0.0.1:1", "http://127.0.0.1:1");

        Ended ended = run(jar.toString(), "--dry-run", "--job-spec", spec.toString());

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.printed()).contains("WRONG  class path: put the jars of flink/lib on it");
    }

    @Test
    void aDryRunTellsWhatDoesNotAnswer() throws Exception {
        Path spec = spec("nowhere.invalid:9092", "http://127.0.0.1:1");
        String logging = Path.of(Logger.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();

        Ended ended = run(jar + File.pathSeparator + logging, "--dry-run", "--job-spec", spec.toString());

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.printed())
                .contains("WRONG  Kafka nowhere.invalid:9092: no answer (No resolvable bootstrap urls")
                .contains("WRONG  ClickHouse http://127.0.0.1:1: InvalidStart: ")
                .doesNotContain("Exception");
    }
}
