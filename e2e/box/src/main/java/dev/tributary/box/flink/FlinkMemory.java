package dev.tributary.box.flink;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the memory of a process is divided, in megabytes. Flink's start scripts compute this; without them every component
 * must be given, or a TaskManager refuses to start.
 */
public final class FlinkMemory {

    /** Metaspace, native memory of the JVM and what Flink takes off the heap leave no room for work below these. */
    public static final int LEAST_JOB_MANAGER = 512;

    public static final int LEAST_TASK_MANAGER = 640;

    private static final int METASPACE = 160;
    private static final int OVERHEAD = 96;
    private static final int JOB_MANAGER_OFF_HEAP = 128;
    private static final int FRAMEWORK_HEAP = 64;
    private static final int FRAMEWORK_OFF_HEAP = 64;
    private static final int TASK_OFF_HEAP = 64;
    private static final int NETWORK = 64;
    /** Only RocksDB and batch operators use it; a spec may say so too (taskmanager.memory.managed.size: 0). */
    private static final int MANAGED = 0;

    private FlinkMemory() {}

    static int jobManagerHeap(int process) {
        return process - METASPACE - OVERHEAD - JOB_MANAGER_OFF_HEAP;
    }

    static int taskManagerHeap(int process) {
        return process - METASPACE - OVERHEAD - taskManagerDirect() - MANAGED;
    }

    static int taskManagerDirect() {
        return FRAMEWORK_OFF_HEAP + TASK_OFF_HEAP + NETWORK;
    }

    static int metaspace() {
        return METASPACE;
    }

    static Map<String, String> taskManager(int process) {
        Map<String, String> config = new LinkedHashMap<>();
        put(config, "framework.heap.size", FRAMEWORK_HEAP);
        put(config, "task.heap.size", taskManagerHeap(process) - FRAMEWORK_HEAP);
        put(config, "framework.off-heap.size", FRAMEWORK_OFF_HEAP);
        put(config, "task.off-heap.size", TASK_OFF_HEAP);
        put(config, "network.min", NETWORK);
        put(config, "network.max", NETWORK);
        put(config, "managed.size", MANAGED);
        put(config, "jvm-metaspace.size", METASPACE);
        put(config, "jvm-overhead.min", OVERHEAD);
        put(config, "jvm-overhead.max", OVERHEAD);
        return config;
    }

    private static void put(Map<String, String> config, String component, int megabytes) {
        config.put("taskmanager.memory." + component, megabytes + "m");
    }
}
