package dev.tributary.box.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", description = "Lists the logs, or shows the end of one.")
final class Logs implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "part")
    private @Nullable String part;

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on showing what is added.")
    private boolean follow;

    private final UpBox up = UpBox.ofLauncher();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = up.folder().resolve("logs");
        if (!Files.isDirectory(folder)) {
            throw new Failure("there are no logs yet: ./tributary up starts the box");
        }
        if (part == null) {
            list(folder);
            return 0;
        }
        Path log = part.equals("supervisor")
                ? up.supervisorLog()
                : folder.resolve(part + ".log").normalize();
        if (!Files.exists(log)) {
            throw new Failure("there is no log of " + part + "; ./tributary logs lists them");
        }
        List<String> tail = new ArrayList<>(List.of("tail", "-n", "200"));
        if (follow) {
            tail.add("-F");
        }
        tail.add(log.toString());
        return new ProcessBuilder(tail).inheritIO().start().waitFor();
    }

    private void list(Path folder) throws IOException {
        System.out.printf("%-32s %s%n", "supervisor", up.supervisorLog());
        try (Stream<Path> logs = Files.walk(folder)) {
            for (Path log :
                    logs.filter(f -> f.toString().endsWith(".log")).sorted().toList()) {
                String name = folder.relativize(log).toString();
                System.out.printf("%-32s %s%n", name.substring(0, name.length() - 4), log);
            }
        }
    }
}
