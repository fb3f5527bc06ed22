package dev.tributary.box.flink;

import dev.tributary.box.part.Command;
import dev.tributary.box.part.Health;
import dev.tributary.box.part.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A TaskManager. */
public final class FlinkTaskManager implements Part {

    private final FlinkCluster cluster;
    private final int megabytes;
    private final double cpu;
    private final int number;

    /**
     * @param megabytes of the process, at least {@link FlinkMemory#LEAST_TASK_MANAGER}
     * @param cpu what Flink reports; nothing holds the process to it
     * @param number from 1, within its cluster
     */
    public FlinkTaskManager(FlinkCluster cluster, int megabytes, double cpu, int number) {
        this.cluster = cluster;
        this.megabytes = megabytes;
        this.cpu = cpu;
        this.number = number;
    }

    @Override
    public String name() {
        return cluster.name() + "/taskmanager" + (number == 1 ? "" : "-" + number);
    }

    @Override
    public String version() {
        return FlinkRuntime.VERSION;
    }

    @Override
    public int memoryBoundMegabytes() {
        return megabytes;
    }

    @Override
    public Command command() throws IOException {
        Path folder = cluster.folder().resolve("taskmanager-" + number);
        Map<String, String> own = new LinkedHashMap<>(FlinkMemory.taskManager(megabytes));
        own.put("taskmanager.host", cluster.address());
        own.put("taskmanager.bind-host", cluster.address());
        own.put("taskmanager.cpu.cores", String.valueOf(cpu));
        // The same name after a restart: the JobManager then knows at once that the old one is gone.
        own.put("taskmanager.resource-id", name());
        Path conf = cluster.writeConfiguration(number, folder, own);
        return cluster.jvm("org.apache.flink.runtime.taskexecutor.TaskManagerRunner", folder, "flink-taskmanager.jsa")
                .heap(FlinkMemory.taskManagerHeap(megabytes))
                .option("-XX:MaxDirectMemorySize=" + FlinkMemory.taskManagerDirect() + "m")
                .option("-XX:MaxMetaspaceSize=" + FlinkMemory.metaspace() + "m")
                .command("--configDir", conf.toString());
    }

    /** It has no port of a known number: that it runs is all that can be seen; the JobManager knows the rest. */
    @Override
    public Health health() {
        return new Health.Healthy();
    }
}
