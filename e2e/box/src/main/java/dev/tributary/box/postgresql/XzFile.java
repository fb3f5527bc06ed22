package dev.tributary.box.postgresql;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tukaani.xz.XZInputStream;

/** Unpacks .xz: not every machine has the program. */
final class XzFile {

    private XzFile() {}

    static void unpack(Path archive, Path target) throws IOException {
        try (var in = new XZInputStream(new BufferedInputStream(Files.newInputStream(archive)))) {
            Files.copy(in, target);
        }
    }
}
