package dev.tributary.box.flink;

import dev.tributary.box.part.Command;
import dev.tributary.box.part.Health;
import dev.tributary.box.part.Part;
import dev.tributary.box.part.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A JobManager that has one job's jar at hand from its start. */
public final class FlinkJobManager implements Part {

    private final FlinkCluster cluster;
    private final int megabytes;
    private final Path jar;

    /**
     * @param megabytes of the process, at least {@link FlinkMemory#LEAST_JOB_MANAGER}
     * @param jar the job's
     */
    public FlinkJobManager(FlinkCluster cluster, int megabytes, Path jar) {
        this.cluster = cluster;
        this.megabytes = megabytes;
        this.jar = jar;
    }

    @Override
    public String name() {
        return cluster.name() + "/jobmanager";
    }

    @Override
    public String version() {
        return FlinkRuntime.VERSION;
    }

    @Override
    public int memoryBoundMegabytes() {
        return megabytes;
    }

    /** The jar as {@code /jars/:id} knows it. */
    public String jarId() {
        return jar.getFileName().toString();
    }

    @Override
    public Command command() throws IOException {
        Path folder = cluster.folder().resolve("jobmanager");
        Path upload = folder.resolve("upload");
        Path conf = cluster.writeConfiguration(
                0,
                folder,
                Map.of(
                        "jobmanager.bind-host", cluster.address(),
                        "rest.bind-address", cluster.address(),
                        "jobmanager.memory.process.size", megabytes + "m",
                        "web.upload.dir", upload.toString()));
        Command command = cluster.jvm(
                        "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                        folder,
                        "flink-jobmanager.jsa")
                .heap(FlinkMemory.jobManagerHeap(megabytes))
                // It plans and coordinates; compiling it well takes longer than it saves.
                .option("-XX:TieredStopAtLevel=1")
                .option("-XX:MaxMetaspaceSize=" + FlinkMemory.metaspace() + "m")
                .command("--configDir", conf.toString());
        provideJar(upload);
        return command;
    }

    @Override
    public Health health() {
        return Probe.http(cluster.restUrl() + "/config");
    }

    /** Where an upload would have put it. Flink empties the folder when it stops. */
    private void provideJar(Path upload) throws IOException {
        Path target =
                Files.createDirectories(upload.resolve("flink-web-upload")).resolve(jarId());
        Files.deleteIfExists(target);
        Files.createSymbolicLink(target, jar.toAbsolutePath());
    }
}
