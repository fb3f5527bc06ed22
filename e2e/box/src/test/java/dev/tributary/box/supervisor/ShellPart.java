package dev.tributary.box.supervisor;

import dev.tributary.box.part.Command;
import dev.tributary.box.part.Health;
import dev.tributary.box.part.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A part that is a line of shell; it is healthy once it has made the file {@code <name>.up}. */
record ShellPart(String name, Path folder, String script, Set<String> after) implements Part {

    static ShellPart running(String name, Path folder, String... after) {
        String script =
                "touch %s.up; echo working; trap 'echo %s >> stopped; exit 0' TERM; while :; do sleep 0.05; done"
                        .formatted(name, name);
        return new ShellPart(name, folder, script, Set.of(after));
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public int memoryBoundMegabytes() {
        return 1;
    }

    @Override
    public Command command() {
        return new Command(List.of("sh", "-c", script), Map.of(), folder, Command.Ending.TERMINATE);
    }

    @Override
    public Health health() {
        return Files.exists(folder.resolve(name + ".up"))
                ? new Health.Healthy()
                : new Health.Unhealthy("no " + name + ".up");
    }
}
