package dev.tributary.box.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.box.Box;
import dev.tributary.box.pki.PrivateFile;
import dev.tributary.box.supervisor.PartStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the supervisor tells other processes about its box, in a file it rewrites every second.
 *
 * @param pid the supervisor's
 * @param address empty until it has one
 * @param message what is being done, or what went wrong
 * @param deaths of parts, oldest first, each with the tail of its log
 */
public record BoxSnapshot(
        long pid, String address, Phase phase, String message, List<PartLine> parts, List<String> deaths) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** How far the box is. */
    public enum Phase {
        STARTING,
        RUNNING,
        FAILED
    }

    /** One part, as {@code status} shows it. */
    public record PartLine(
            String name, String version, String state, String reason, long pid, int restarts, int boundMegabytes) {}

    static BoxSnapshot starting(String message) {
        return new BoxSnapshot(ProcessHandle.current().pid(), "", Phase.STARTING, message, List.of(), List.of());
    }

    static BoxSnapshot failed(String message) {
        return new BoxSnapshot(ProcessHandle.current().pid(), "", Phase.FAILED, message, List.of(), List.of());
    }

    static BoxSnapshot of(Box box) {
        List<PartLine> parts = box.parts().stream().map(BoxSnapshot::line).toList();
        List<String> deaths = box.deaths().stream()
                .map(death -> "%s %s died: %s\n    %s"
                        .formatted(death.at(), death.part(), death.how(), String.join("\n    ", death.logTail())))
                .toList();
        return new BoxSnapshot(ProcessHandle.current().pid(), box.layout().address(), Phase.RUNNING, "", parts, deaths);
    }

    private static PartLine line(PartStatus part) {
        return new PartLine(
                part.name(),
                part.version(),
                part.state().name(),
                part.reason(),
                part.pid(),
                part.restarts(),
                part.memoryBoundMegabytes());
    }

    void write(Path file) throws IOException {
        PrivateFile.write(file, JSON.writeValueAsBytes(this));
    }

    /** What the file says, if there is one. */
    static Optional<BoxSnapshot> read(Path file) throws IOException {
        return Files.exists(file)
                ? Optional.of(JSON.readValue(Files.readAllBytes(file), BoxSnapshot.class))
                : Optional.empty();
    }
}
