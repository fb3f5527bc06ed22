package dev.tributary.box.cli;

import dev.tributary.box.jvm.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "bench", description = "Lists the benchmarks, or runs one on a box of its own.")
final class Bench implements Callable<Integer> {

    @Parameters(arity = "0..*", paramLabel = "name")
    private List<String> arguments = new ArrayList<>();

    @Option(
            names = {"-h", "--help"},
            description = "Lists the benchmarks.")
    private boolean help;

    private final UpBox up = UpBox.ofLauncher();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path module = up.checkout().root().resolve("e2e/bench/target");
        Path classpath = module.resolve("classpath.txt");
        if (!Files.exists(classpath)) {
            throw new Failure("there are no benchmarks: " + classpath + " is missing");
        }
        List<String> command = new ArrayList<>(List.of(
                Jvm.java().toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dtributary.root=" + up.checkout().root(),
                "-cp",
                module.resolve("classes") + ":" + Files.readString(classpath).strip(),
                "dev.tributary.bench.Main"));
        command.addAll(help ? List.of() : arguments);
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
