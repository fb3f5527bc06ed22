package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The file that is put on the PATH, once it is made. Scenarios run it as kubectl does. */
class PackagedPluginTest {

    private static final Path PLUGIN = Path.of("target", "kubectl-tributary").toAbsolutePath();

    private record Ended(int exitCode, String output) {}

    @Test
    void theProgramIsAJarToo() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");

        Ended jar = run(System.getProperty("java.home"), java.toString(), "-jar", PLUGIN.toString(), "--help");

        assertThat(jar.exitCode()).as(jar.output()).isZero();
        assertThat(jar.output()).contains("status", "events", "doctor");
    }

    @Test
    void withoutJavaItSaysSo() throws Exception {
        Ended program = run("/nowhere", PLUGIN.toString(), "--help");

        assertThat(program)
                .isEqualTo(new Ended(
                        1, "kubectl tributary needs Java 21 or newer: install a JRE, or set JAVA_HOME to one\n"));
    }

    private static Ended run(String javaHome, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", javaHome);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }
}
