package dev.tributary.bench.job;

import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * One run.
 *
 * @param rows records read, or rows inserted where none are read
 * @param seconds from the first of them until the last was through
 * @param cpu what was spent meanwhile
 * @param checkpoints completed by the sink meanwhile
 */
record Measurement(long rows, double seconds, CpuTimes cpu, long checkpoints) {

    double rowsPerSecond() {
        return rows / seconds;
    }

    /** What would come through each second if Flink, Kafka and ClickHouse had one core in all. */
    double rowsPerCpuSecond() {
        return rows / cpu.ofAll();
    }

    /** How many cores had other work. */
    double coresOfOthers() {
        return cpu.others() / seconds;
    }

    /** One line, for {@link #parse}. */
    String line() {
        return DoubleStream.of(rows, seconds, cpu.flink(), cpu.kafka(), cpu.clickHouse(), cpu.machine(), checkpoints)
                .mapToObj(Double::toString)
                .collect(Collectors.joining(" "));
    }

    static Measurement parse(String line) {
        double[] n = Stream.of(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
        return new Measurement((long) n[0], n[1], new CpuTimes(n[2], n[3], n[4], n[5]), (long) n[6]);
    }
}
