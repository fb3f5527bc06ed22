package dev.tributary.bench.job;

import dev.tributary.bench.KernelCpu;
import java.io.IOException;

/**
 * CPU seconds, as the kernel counts them.
 *
 * @param flink of that process
 * @param kafka of that process
 * @param clickHouse of that process
 * @param machine of everything on the machine, these included, and what a virtual machine did not get
 */
record CpuTimes(double flink, double kafka, double clickHouse, double machine) {

    static CpuTimes read(Processes processes) throws IOException {
        return new CpuTimes(
                KernelCpu.ofProcess(processes.flink()),
                KernelCpu.ofProcess(processes.kafka()),
                KernelCpu.ofProcess(processes.clickHouse()),
                KernelCpu.ofMachine());
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
}
