package dev.tributary.box.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Memory of process trees, as the kernel counts it. */
public final class ResidentMemory {

    private ResidentMemory() {}

    /** Resident megabytes of a process and all that it started; 0 when it is gone. Pages that several share are split among them. */
    public static long megabytesOfTree(long pid) {
        return ProcessHandle.of(pid)
                .map(root -> Stream.concat(Stream.of(root), root.descendants())
                                .mapToLong(handle -> kilobytes(handle.pid()))
                                .sum()
                        / 1024)
                .orElse(0L);
    }

    /** Resident megabytes of one process. */
    public static long megabytesOf(long pid) {
        return kilobytes(pid) / 1024;
    }

    /** Proportional set size: shared pages, such as PostgreSQL's buffers, are split among those that map them. */
    private static long kilobytes(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .sum();
        } catch (IOException | RuntimeException gone) {
            return 0;
        }
    }
}
