package dev.tributary.box.standin.flinkoperator;

import dev.tributary.box.flink.FlinkCluster;
import dev.tributary.box.flink.FlinkJobManager;
import dev.tributary.box.flink.FlinkTaskManager;
import dev.tributary.box.part.Part;
import dev.tributary.box.part.PartHost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The processes of one deployment. */
final class RunningCluster {

    private final FlinkCluster cluster;
    private final PartHost host;
    private final FlinkJobManager jobManager;
    private final List<FlinkTaskManager> taskManagers;
    private final Map<String, Path> mounts;
    private OptionalLong jobManagerOfJob = OptionalLong.empty();

    /**
     * @param mounts the folder that stands for each mount path
     */
    RunningCluster(
            FlinkCluster cluster,
            PartHost host,
            FlinkJobManager jobManager,
            List<FlinkTaskManager> taskManagers,
            Map<String, Path> mounts) {
        this.cluster = cluster;
        this.host = host;
        this.jobManager = jobManager;
        this.taskManagers = List.copyOf(taskManagers);
        this.mounts = Map.copyOf(mounts);
    }

    FlinkRest rest() {
        return new FlinkRest(cluster.restUrl());
    }

    Map<String, Path> mounts() {
        return mounts;
    }

    /** Where Prometheus finds its processes. */
    List<Integer> metricsPorts() {
        return cluster.metricsPorts();
    }

    boolean uses(int port) {
        return cluster.restPort() == port
                || cluster.rpcPort() == port
                || cluster.metricsPorts().contains(port);
    }

    void start() {
        host.add(jobManager);
        taskManagers.forEach(host::add);
    }

    /** Gives the job to the JobManager that runs now. */
    void run(FlinkRest.Submission submission) throws IOException, InterruptedException {
        OptionalLong pid = host.pid(jobManager.name());
        rest().run(jobManager.jarId(), submission);
        jobManagerOfJob = pid;
    }

    /**
     * Starts the TaskManagers anew when the JobManager that they had the job from is gone. A submission uploads the jar
     * under a new key, and a TaskManager takes no second jar for one job.
     */
    void followJobManager() throws InterruptedException {
        if (jobManagerOfJob.isPresent() && !jobManagerOfJob.equals(host.pid(jobManager.name()))) {
            jobManagerOfJob = OptionalLong.empty();
            remove(taskManagers);
            taskManagers.forEach(host::add);
        }
    }

    /** Ends the processes, all at once; returns when they are gone. */
    void stop() throws InterruptedException {
        remove(Stream.concat(Stream.of(jobManager), taskManagers.stream()).toList());
    }

    private void remove(List<? extends Part> parts) throws InterruptedException {
        List<Thread> stops = parts.stream()
                .map(part -> Thread.ofVirtual().start(() -> {
                    try {
                        host.remove(part.name());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }))
                .toList();
        for (Thread stop : stops) {
            stop.join();
        }
    }
}
