package dev.tributary.bench.job;

import dev.tributary.box.jvm.Jvm;
import dev.tributary.box.layout.BoxLayout;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The process of {@link FlinkMain}: Flink as the box has it, the job's jar, and this module's classes. */
final class FlinkProcess implements AutoCloseable {

    private static final int HEAP_MEGABYTES = 2048;
    private static final int ANSWERS_WITHIN_MINUTES = 6;

    private final Process process;
    private final BufferedReader answers;
    private final Path log;

    /**
     * @param servers Flink's own process in it is not looked at
     * @param credentials environment of the process
     * @param ends the offset behind the last record of each partition
     */
    FlinkProcess(BoxLayout layout, Processes servers, Map<String, String> credentials, List<Long> ends)
            throws IOException {
        Path folder = Files.createDirectories(layout.folder().resolve("bench-flink"));
        log = folder.resolve("log.txt");
        List<Path> classpath = new ArrayList<>(layout.checkout().engineClasspath("flink"));
        classpath.add(layout.checkout().jobJar());
        classpath.add(layout.checkout().root().resolve("e2e/bench/target/classes"));
        List<String> command = new ArrayList<>(List.of(
                Jvm.java().toString(),
                "-Xms" + HEAP_MEGABYTES + "m",
                "-Xmx" + HEAP_MEGABYTES + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "-Dorg.apache.logging.log4j.level=warn"));
        // As Flink's own start scripts allow.
        for (String opened : List.of("lang", "lang.invoke", "math", "net", "nio", "text", "time", "util")) {
            command.add("--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
        }
        command.addAll(List.of(
                "-cp",
                classpath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                FlinkMain.class.getName(),
                layout.kafkaBootstrap(),
                layout.clickHouseUrl(),
                Long.toString(servers.kafka()),
                Long.toString(servers.clickHouse()),
                folder.resolve("checkpoints").toUri().toString(),
                ends.stream().map(String::valueOf).collect(Collectors.joining(","))));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.redirectError(log.toFile());
        builder.environment().putAll(credentials);
        process = builder.start();
        answers = process.inputReader();
    }

    long pid() {
        return process.pid();
    }

    /** Goes a way, once. */
    Measurement run(Way way) throws IOException, InterruptedException {
        process.outputWriter().write(way.name() + "\n");
        process.outputWriter().flush();
        try {
            return CompletableFuture.supplyAsync(this::answer).get(ANSWERS_WITHIN_MINUTES, TimeUnit.MINUTES);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("Flink did not end the run " + way + ", see " + log, e);
        }
    }

    private Measurement answer() {
        Stream<String> lines = answers.lines();
        return lines.filter(line -> line.startsWith(FlinkMain.MEASURED))
                .map(line -> Measurement.parse(line.substring(FlinkMain.MEASURED.length())))
                .findFirst()
                .orElseThrow(() -> new UncheckedIOException(new IOException("the process ended")));
    }

    @Override
    public void close() {
        process.destroy();
    }
}
