package dev.tributary.box.standin.flinkoperator;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The checkpoints of jobs in a local folder, as Flink lays them out: {@code <dir>/<job id>/chk-<n>/_metadata}.
 *
 * @param directory {@code execution.checkpointing.dir}
 */
record Checkpoints(String directory) {

    private static final String PREFIX = "chk-";

    /** The newest complete one: its metadata are written last, and appear at once. */
    Optional<String> newest(String jobId) throws IOException {
        Path job = path().resolve(jobId);
        if (!Files.isDirectory(job)) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(job)) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith(PREFIX))
                    .filter(folder -> Files.isRegularFile(folder.resolve("_metadata")))
                    .max(Comparator.comparingLong(Checkpoints::number))
                    .map(folder -> folder.toUri().toString());
        }
    }

    private Path path() {
        return directory.contains(":") ? Path.of(URI.create(directory).getPath()) : Path.of(directory);
    }

    private static long number(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString().substring(PREFIX.length()));
    }
}
