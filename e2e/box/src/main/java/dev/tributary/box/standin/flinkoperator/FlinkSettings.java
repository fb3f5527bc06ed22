package dev.tributary.box.standin.flinkoperator;

import dev.tributary.box.flink.FlinkRuntime;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the stand-in needs of the box.
 *
 * @param address where all clusters listen
 * @param firstRestPort the first cluster's REST port; others get free ones from there up
 * @param firstRpcPort the same for the port between JobManager and TaskManagers
 * @param folder where each cluster has a folder of its own
 * @param jobJars what stands for an image: the job's jar, by the image's name
 * @param reportsMetrics whether Flink's metrics reporters run: they listen on all addresses of the machine, so only where
 *     somebody scrapes them
 */
public record FlinkSettings(
        String address,
        int firstRestPort,
        int firstRpcPort,
        Path folder,
        FlinkRuntime runtime,
        Map<String, Path> jobJars,
        boolean reportsMetrics) {

    /** The file in the folder that tells Prometheus of the processes that run, as its file_sd_configs read it. */
    public static final String METRICS_TARGETS = "metrics-targets.json";

    public FlinkSettings {
        jobJars = Map.copyOf(jobJars);
    }
}
