package dev.tributary.box.flink;

import java.nio.file.Path;
import java.util.List;

/**
 * Flink as the box runs it.
 *
 * @param classpath Flink's jars
 * @param hosts names as the processes resolve them
 * @param classData the folder of the archives of its classes
 */
public record FlinkRuntime(List<Path> classpath, Path hosts, Path classData) {

    /** Of flink-runtime. */
    public static final String VERSION = "2.2.1";

    public FlinkRuntime {
        classpath = List.copyOf(classpath);
    }
}
