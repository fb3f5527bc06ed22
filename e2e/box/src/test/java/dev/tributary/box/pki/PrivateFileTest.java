package dev.tributary.box.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFileTest {

    @TempDir
    Path folder;

    @Test
    void onlyTheOwnerReadsIt() throws Exception {
        // Given
        Path file = Files.writeString(folder.resolve("secret"), "for all");

        // When
        PrivateFile.write(file, "for me".getBytes(StandardCharsets.UTF_8));

        // Then
        assertThat(file).hasContent("for me");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}
