package dev.tributary.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The jar that goes into Flink's image. */
class PackagedJarTest {

    private static final int JAVA_17 = 61;

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
}
