package dev.tributary.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReadmeTest {

    @ParameterizedTest
    @EnumSource(StopReason.class)
    void everyReasonHasItsLine(StopReason reason) throws IOException {
        String readme = Files.readString(Path.of("README.md"));

        assertThat(readme.lines()).anyMatch(line -> line.startsWith("| `" + reason.label() + "` | "));
    }
}
