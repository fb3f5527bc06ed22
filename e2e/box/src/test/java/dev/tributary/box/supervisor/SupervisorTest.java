package dev.tributary.box.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tributary.box.supervisor.PartStatus.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {

    private static final BackOff QUICK =
            new BackOff(Duration.ofMillis(20), Duration.ofMillis(80), Duration.ofSeconds(30));
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private Supervisor supervisor;

    @BeforeEach
    void create() {
        supervisor = new Supervisor(part -> folder.resolve("logs/" + part + ".log"), QUICK);
    }

    @AfterEach
    void close() {
        supervisor.close();
    }

    @Test
    void aPartStartsOnceThoseItComesAfterAreHealthy() throws Exception {
        // Given
        ShellPart slow = new ShellPart("slow", folder, "sleep 0.5; touch slow.up; sleep 60", Set.of());
        ShellPart second =
                new ShellPart("second", folder, "ls slow.up > seen; touch second.up; sleep 60", Set.of("slow"));

        // When
        supervisor.start(List.of(second, slow));

        // Then
        supervisor.awaitHealthy("second", LONG_ENOUGH);
        assertThat(folder.resolve("seen")).hasContent("slow.up");
    }

    @Test
    void aKilledPartIsStartedAgainAndItsDeathIsTold() throws Exception {
        // Given
        supervisor.start(List.of(ShellPart.running("part", folder)));
        supervisor.awaitHealthy("part", LONG_ENOUGH);
        long first = supervisor.status("part").pid();

        // When
        supervisor.kill("part");

        // Then
        supervisor.awaitHealthy("part", LONG_ENOUGH);
        assertThat(supervisor.status("part").pid()).isNotEqualTo(first);
        assertThat(supervisor.status("part").restarts()).isEqualTo(1);
        assertThat(supervisor.deaths()).singleElement().satisfies(death -> {
            assertThat(death.part()).isEqualTo("part");
            assertThat(death.how()).isEqualTo("exit code 137");
            assertThat(death.logTail()).contains("working");
        });
    }

    @Test
    void aPartThatCannotRunIsTriedAgainAndSaysWhy() {
        // Given
        ShellPart broken = new ShellPart("broken", folder, "echo no such luck; exit 3", Set.of());

        // When
        supervisor.start(List.of(broken));

        // Then
        await().atMost(LONG_ENOUGH)
                .untilAsserted(
                        () -> assertThat(supervisor.status("broken").restarts()).isGreaterThan(2));
        assertThat(supervisor.deaths().getFirst().how()).isEqualTo("exit code 3");
        assertThat(supervisor.deaths().getFirst().logTail()).contains("no such luck");
        assertThatThrownBy(() -> supervisor.awaitHealthy("broken", Duration.ofMillis(50)))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("exit code 3");
    }

    @Test
    void partsStopBeforeThoseTheyNeed() throws Exception {
        // Given
        supervisor.start(List.of(
                ShellPart.running("base", folder),
                ShellPart.running("middle", folder, "base"),
                ShellPart.running("top", folder, "middle")));
        supervisor.awaitHealthy("top", LONG_ENOUGH);

        // When
        supervisor.close();

        // Then
        assertThat(folder.resolve("stopped")).hasContent("top\nmiddle\nbase");
        assertThat(supervisor.status())
                .allSatisfy(part -> assertThat(part.state()).isEqualTo(State.STOPPED));
    }

    @Test
    void aRemovedPartIsGone() throws Exception {
        // Given
        supervisor.add(ShellPart.running("guest", folder));
        supervisor.awaitHealthy("guest", LONG_ENOUGH);
        long pid = supervisor.pid("guest").orElseThrow();

        // When
        supervisor.remove("guest");

        // Then
        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(supervisor.pid("guest")).isEmpty();
    }

    @Test
    void theLogOfAnEarlierRunIsKeptAside() throws Exception {
        // Given
        Files.createDirectories(folder.resolve("logs"));
        Files.writeString(folder.resolve("logs/part.log"), "earlier\n");

        // When
        supervisor.start(List.of(ShellPart.running("part", folder)));

        // Then
        supervisor.awaitHealthy("part", LONG_ENOUGH);
        assertThat(folder.resolve("logs/part.log.1")).hasContent("earlier");
        assertThat(folder.resolve("logs/part.log")).hasContent("working");
    }

    @Test
    void pausesDoubleUpToALimit() {
        assertThat(List.of(QUICK.pause(1), QUICK.pause(2), QUICK.pause(3), QUICK.pause(9)))
                .containsExactly(
                        Duration.ofMillis(20), Duration.ofMillis(40), Duration.ofMillis(80), Duration.ofMillis(80));
    }
}
