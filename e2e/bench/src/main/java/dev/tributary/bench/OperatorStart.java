package dev.tributary.bench;

import dev.tributary.box.jvm.Jvm;
import dev.tributary.box.layout.BoxLayout;
import dev.tributary.box.operator.OperatorProcess;
import dev.tributary.box.part.Health;
import dev.tributary.box.part.Probe;
import dev.tributary.box.supervisor.ResidentMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * From the start of the operator's process until it is ready, and what that takes: as its image starts it, with an AOT cache, and
 * with what could have been done instead. The ways take turns, five times.
 */
final class OperatorStart {

    private static final int RUNS = 5;
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    /** What the JVM is given to start from. */
    private enum Way {
        /** The JDK's own class data archive and no other. */
        PLAIN("plain JDK"),
        /** An archive that the first start writes when it ends. */
        CLASS_DATA("class data archive"),
        /** The image's JVM and cache. */
        AOT_CACHE("AOT cache");

        private final String title;

        Way(String title) {
            this.title = title;
        }
    }

    /**
     * One start.
     *
     * @param seconds until ready
     * @param cpuSeconds spent until then
     * @param megabytes resident then
     */
    private record Start(double seconds, double cpuSeconds, double megabytes) {}

    private final BoxLayout layout;
    private final Path image;

    /**
     * @throws IOException when the image's folder has no JVM: it was not built with -Pimages
     */
    OperatorStart(BoxLayout layout) throws IOException {
        this.layout = layout;
        this.image = layout.checkout().operatorImageFolder();
        if (!Files.exists(image.resolve("operator.aot"))) {
            throw new IOException(image
                    + " has no AOT cache. Build it: mvn package -Pimages -Doperator.base=scratch"
                    + " -Dflink-job.base=scratch -Dmaven.test.skip=true");
        }
    }

    List<Figure> run() throws IOException, InterruptedException {
        once(Way.CLASS_DATA);
        Map<Way, List<Start>> starts = new EnumMap<>(Way.class);
        for (int i = 0; i < RUNS; i++) {
            System.out.println("operator-start: run " + (i + 1) + " of " + RUNS);
            for (Way way : Way.values()) {
                starts.computeIfAbsent(way, w -> new ArrayList<>()).add(once(way));
            }
        }
        List<Figure> figures = new ArrayList<>();
        for (Way way : Way.values()) {
            figures.add(figure("ready after", "s", way, starts, Start::seconds));
            figures.add(figure("CPU until ready", "s", way, starts, Start::cpuSeconds));
            figures.add(figure("resident when ready", "MB", way, starts, Start::megabytes));
        }
        return figures;
    }

    private static Figure figure(
            String what, String unit, Way way, Map<Way, List<Start>> starts, ToDoubleFunction<Start> of) {
        double value = median(starts.getOrDefault(way, List.of()), of);
        double plain = median(starts.getOrDefault(Way.PLAIN, List.of()), of);
        return new Figure(way.title + ": " + what + ", median", value, unit, Way.PLAIN.title, value / plain);
    }

    private Start once(Way way) throws IOException, InterruptedException {
        ProcessBuilder command = new ProcessBuilder(command(way))
                .directory(image.toFile())
                .redirectErrorStream(true)
                .redirectOutput(layout.folder().resolve("operator-start.log").toFile());
        command.environment().putAll(OperatorProcess.environment(layout));
        long start = System.nanoTime();
        Process operator = command.start();
        try {
            while (!(Probe.http(layout.operatorUrl() + "/q/health/ready") instanceof Health.Healthy)) {
                if (!operator.isAlive() || System.nanoTime() - start > STARTS_WITHIN.toNanos()) {
                    throw new IOException("The operator did not start: see " + layout.folder() + "/operator-start.log");
                }
                new CountDownLatch(1).await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            }
            return new Start(
                    (System.nanoTime() - start) / 1e9,
                    operator.info().totalCpuDuration().orElseThrow().toMillis() / 1e3,
                    ResidentMemory.megabytesOf(operator.pid()));
        } finally {
            operator.destroy();
            operator.waitFor();
        }
    }

    private List<String> command(Way way) {
        List<String> command =
                switch (way) {
                    case PLAIN -> List.of(Jvm.java().toString());
                    case CLASS_DATA ->
                        List.of(
                                Jvm.java().toString(),
                                "-XX:SharedArchiveFile=" + layout.folder().resolve("operator.jsa"),
                                "-XX:+AutoCreateSharedArchive",
                                "-Xlog:cds=off,cds+dynamic=off");
                    case AOT_CACHE ->
                        List.of(
                                image.resolve("runtime/bin/java").toString(),
                                "-XX:AOTCache=operator.aot",
                                "-XX:AOTMode=on");
                };
        List<String> all = new ArrayList<>(command);
        // As in a container with the chart's limit of memory.
        all.addAll(List.of("-XX:MaxRAM=512m", "@jvm.options", "-jar", "quarkus-run.jar"));
        return all;
    }

    private static double median(List<Start> starts, ToDoubleFunction<Start> of) {
        return starts.stream()
                .mapToDouble(of)
                .sorted()
                .skip(starts.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}
