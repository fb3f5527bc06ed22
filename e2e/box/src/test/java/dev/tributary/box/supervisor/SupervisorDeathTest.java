package dev.tributary.box.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.box.jvm.Jvm;
import dev.tributary.box.part.Command;
import dev.tributary.box.part.Health;
import dev.tributary.box.part.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorDeathTest {

    @TempDir
    Path folder;

    @Test
    void allProcessesEndWhenTheSupervisorIsKilled() throws Exception {
        // Given
        Process supervisor = new ProcessBuilder(
                        Jvm.java().toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SupervisorProcess.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("supervisor.log").toFile())
                .start();
        Path pids = folder.resolve("pids");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(pids).exists());
        List<Long> children =
                Files.readAllLines(pids).stream().map(Long::valueOf).toList();
        assertThat(children).hasSize(2).allSatisfy(pid -> assertThat(ProcessHandle.of(pid))
                .isPresent());

        // When
        supervisor.destroyForcibly().waitFor();

        // Then
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(children).allSatisfy(SupervisorDeathTest::assertGone));
    }

    /** In a container without an init process the dead stay as zombies: dead enough. */
    private static void assertGone(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        assertThat(!Files.exists(status) || Files.readString(status).contains("State:\tZ"))
                .as("process %d is gone", pid)
                .isTrue();
    }

    /** Runs a native part and a JVM, and tells their pids. */
    public static final class SupervisorProcess {

        private SupervisorProcess() {}

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            Supervisor supervisor = new Supervisor(part -> folder.resolve(part + ".log"), BackOff.STANDARD);
            supervisor.start(List.of(ShellPart.running("native", folder), new JvmPart(folder)));
            supervisor.awaitHealthy("native", Duration.ofSeconds(20));
            supervisor.awaitHealthy("jvm", Duration.ofSeconds(20));
            Files.writeString(
                    folder.resolve("pids.new"),
                    supervisor.status("native").pid() + "\n"
                            + supervisor.status("jvm").pid() + "\n");
            Files.move(folder.resolve("pids.new"), folder.resolve("pids"));
            new CountDownLatch(1).await();
        }
    }

    /** Never ends by itself. */
    public static final class Idle {

        private Idle() {}

        public static void main(String[] arguments) throws Exception {
            Files.createFile(Path.of(arguments[0]));
            new CountDownLatch(1).await();
        }
    }

    private record JvmPart(Path folder) implements Part {

        @Override
        public String name() {
            return "jvm";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public int memoryBoundMegabytes() {
            return 16;
        }

        @Override
        public Command command() throws IOException {
            List<Path> classpath = List.of(Path.of("target/test-classes").toAbsolutePath());
            return new Jvm(Idle.class.getName(), classpath, folder.resolve("jvm"))
                    .heap(32)
                    .command(folder.resolve("jvm.up").toString());
        }

        @Override
        public Health health() {
            return Files.exists(folder.resolve("jvm.up")) ? new Health.Healthy() : new Health.Unhealthy("starting");
        }
    }
}
