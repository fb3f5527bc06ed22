package dev.tributary.box.supervisor;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The log of one part and its predecessor ({@code .1}). Processes append to it themselves, so a log is whole even when the
 * supervisor was killed.
 *
 * @param path the log
 */
record LogFile(Path path) {

    private static final long MOST_BYTES = 20L << 20;
    private static final int TAIL_BYTES = 8192;

    /** Moves away what an earlier run wrote. */
    void startAnew() throws IOException {
        Files.createDirectories(path.getParent());
        if (Files.exists(path)) {
            Files.move(path, predecessor(), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.createFile(path);
    }

    /** Keeps the log within bounds: copies, then empties it, since the process holds it open for appending. */
    void bound() throws IOException {
        if (Files.size(path) > MOST_BYTES) {
            Files.copy(path, predecessor(), StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.truncate(0);
            }
        }
    }

    /** The last lines, or none when it cannot be read. */
    List<String> tail(int lines) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            long from = Math.max(0, file.length() - TAIL_BYTES);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            List<String> all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private Path predecessor() {
        return path.resolveSibling(path.getFileName() + ".1");
    }
}
