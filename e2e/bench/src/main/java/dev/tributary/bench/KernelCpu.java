package dev.tributary.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** CPU seconds, as the kernel counts them. */
public final class KernelCpu {

    /** What the kernel counts in is not to be had without native code, and the same on every Linux. */
    private static final double TICKS_PER_SECOND = 100;

    private KernelCpu() {}

    /** Of one process; 0 when it is gone. */
    public static double ofProcess(long pid) throws IOException {
        return ticks(pid, 2) / TICKS_PER_SECOND;
    }

    /** Of a process and all that it started, also of those of them that have ended; 0 when it is gone. */
    public static double ofTree(long pid) throws IOException {
        Optional<ProcessHandle> root = ProcessHandle.of(pid);
        if (root.isEmpty()) {
            return 0;
        }
        double ticks = ticks(pid, 4);
        for (ProcessHandle child : root.get().descendants().toList()) {
            ticks += ticks(child.pid(), 4);
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** Of everything on the machine, and what a virtual machine did not get. */
    public static double ofMachine() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
            List<Long> ticks = Stream.of(lines.findFirst().orElseThrow().split(" +"))
                    .skip(1)
                    .map(Long::parseLong)
                    .toList();
            // user, nice, system; idle and waiting for the disk, left out; interrupts; what the host gave to other
            // machines
            long busy = ticks.get(0) + ticks.get(1) + ticks.get(2);
            return (busy + ticks.get(5) + ticks.get(6) + ticks.get(7)) / TICKS_PER_SECOND;
        }
    }

    /** User and system time, then the same of children that have ended: the first so many of these. */
    private static long ticks(long pid, int fields) throws IOException {
        String stat;
        try {
            stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        } catch (NoSuchFileException gone) {
            return 0;
        }
        // The second field is the name, in parentheses, and may hold anything.
        List<String> all = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        return all.subList(11, 11 + fields).stream().mapToLong(Long::parseLong).sum();
    }
}
