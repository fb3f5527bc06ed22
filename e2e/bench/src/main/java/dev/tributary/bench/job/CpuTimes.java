package dev.tributary.bench.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * CPU seconds, as the kernel counts them.
 *
 * @param flink of that process
 * @param kafka of that process
 * @param clickHouse of that process
 * @param machine of everything on the machine, these included, and what a virtual machine did not get
 */
record CpuTimes(double flink, double kafka, double clickHouse, double machine) {

    /** What the kernel counts in is not to be had without native code, and the same on every Linux. */
    private static final double TICKS_PER_SECOND = 100;

    static CpuTimes read(Processes processes) throws IOException {
        return new CpuTimes(
                ofProcess(processes.flink()),
                ofProcess(processes.kafka()),
                ofProcess(processes.clickHouse()),
                ofMachine());
    }

    CpuTimes minus(CpuTimes earlier) {
        return new CpuTimes(
                flink - earlier.flink,
                kafka - earlier.kafka,
                clickHouse - earlier.clickHouse,
                machine - earlier.machine);
    }

    /** Of Flink, Kafka and ClickHouse. */
    double ofAll() {
        return flink + kafka + clickHouse;
    }

    /** Of all that is none of these. */
    double others() {
        return Math.max(0, machine - ofAll());
    }

    private static double ofProcess(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        // The second field is the name, in parentheses, and may hold anything.
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) / TICKS_PER_SECOND;
    }

    private static double ofMachine() throws IOException {
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
}
