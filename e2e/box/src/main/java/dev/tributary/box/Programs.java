package dev.tributary.box;

import dev.tributary.box.cache.FileTree;
import dev.tributary.box.cache.Progress;
import dev.tributary.box.cache.UserCache;
import dev.tributary.box.clickhouse.ClickHouseLibrary;
import dev.tributary.box.controlplane.ControlPlaneProgram;
import dev.tributary.box.layout.BoxLayout;
import dev.tributary.box.layout.Checkout;
import dev.tributary.box.postgresql.PostgresBinaries;
import dev.tributary.box.prometheus.PrometheusProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a box runs, ready on the disk.
 *
 * @param controlPlane the folder with etcd, kube-apiserver, kube-controller-manager and kubectl
 * @param postgres the folder with bin, lib and share
 * @param clickHouse libchdb.so
 * @param prometheus the folder with prometheus and promtool, for a box with monitoring
 */
record Programs(Path controlPlane, Path postgres, Path clickHouse, Optional<Path> prometheus) {

    /** From the user's cache, filled first where something is missing, which may take minutes. */
    static Programs fetch(UserCache cache, Checkout checkout, Contents contents, Progress progress)
            throws IOException, InterruptedException {
        Optional<Path> prometheus = contents == Contents.EVERYTHING_AND_MONITORING
                ? Optional.of(new PrometheusProgram(cache).folder(progress))
                : Optional.empty();
        return new Programs(
                new ControlPlaneProgram(cache).folder(progress),
                new PostgresBinaries(cache).folder(checkout, progress),
                new ClickHouseLibrary(cache).file(progress),
                prometheus);
    }

    /**
     * Copies the operator, the job and Connect's plugin from the build to the box: a later build of the checkout must not pull them from
     * under it.
     */
    static void copyBuilt(BoxLayout layout) throws IOException {
        Checkout checkout = layout.checkout();
        Path built = checkout.operatorApplication();
        require(built.resolve("quarkus-run.jar"));
        require(checkout.jobJar());
        require(checkout.connectPluginJar());
        FileTree.delete(layout.programs());
        Path operator = layout.operatorApplication();
        try (Stream<Path> files = Files.walk(built)) {
            for (Path file : files.toList()) {
                Path target = operator.resolve(built.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        Files.copy(checkout.jobJar(), layout.jobJar());
        Files.copy(checkout.connectPluginJar(), layout.connectPluginJar());
    }

    private static void require(Path built) throws IOException {
        if (!Files.exists(built)) {
            throw new IOException(
                    built + " is missing. Build the repository first: ./tributary up does, and mvn verify");
        }
    }
}
